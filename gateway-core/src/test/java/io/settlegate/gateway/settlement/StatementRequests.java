package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.QueryBy;
import io.settlegate.protocol.codec.SettlementQueryEncoder;
import io.settlegate.protocol.codec.StatementDetailsEncoder;
import io.settlegate.protocol.codec.StatementDetailsOutcomeDecoder;
import io.settlegate.protocol.codec.StatementDownloadEncoder;
import io.settlegate.protocol.codec.StatementTotalsEncoder;
import io.settlegate.protocol.codec.StatementTotalsOutcomeDecoder;
import io.settlegate.protocol.codec.StatementUploadEncoder;
import io.settlegate.protocol.codec.StatementUploadOutcomeDecoder;
import java.util.List;
import java.util.function.Consumer;

/** Requests about statements, for a city's engine. */
final class StatementRequests {
    private final EngineFixture city;
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();

    StatementRequests(final EngineFixture city) {
        this.city = city;
    }

    /** A row to upload; refunds have negative amounts. */
    record Row(String setlId, String msgid, int person, long medfeeFen, long fundFen, long acctFen, int refund) {}

    private static String sn(final String institution) {
        return switch (institution) {
            case EngineFixture.HOSPITAL -> "T1";
            case EngineFixture.PHARMACY -> "T2";
            case EngineFixture.CLOSED -> "T3";
            default -> "T6";
        };
    }

    private void begin(final String institution, final io.settlegate.protocol.codec.RequestHeaderEncoder header) {
        city.header(header, sn(institution), city.nextMsgid(institution));
    }

    private void clear() {
        city.command.setMemory(0, 1024, (byte) 0);
    }

    private ResultCode send(final int encodedLength) {
        return ResultCode.of(city.send(MessageHeaderEncoder.ENCODED_LENGTH + encodedLength + 64));
    }

    /** 3201 of workers' outpatients insured in 320300, of today, with pairs, that says nothing was settled. */
    ResultCode totals(final String institution, final Consumer<StatementTotalsEncoder> change) {
        clear();
        final StatementTotalsEncoder encoder =
                new StatementTotalsEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.insutype("310")
                .clrType("11")
                .setlOptins("320300")
                .stmtBegndateMs(city.nowMs)
                .stmtEnddateMs(city.nowMs)
                .refdSetlFlag((short) 1);
        change.accept(encoder);
        return send(encoder.encodedLength());
    }

    StatementTotalsOutcomeDecoder compared() {
        return new StatementTotalsOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
    }

    ResultCode upload(final String institution, final String number, final int piece, final List<Row> rows) {
        clear();
        final StatementUploadEncoder encoder =
                new StatementUploadEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.fileQuryNo(number).pieceIndex(piece);
        final StatementUploadEncoder.RowsEncoder group = encoder.rowsCount(rows.size());
        for (final Row row : rows) {
            group.next()
                    .setlId(row.setlId())
                    .msgid(row.msgid())
                    .psnNo(EngineFixture.psnNo(row.person()))
                    .mdtrtId("")
                    .medfeeSumamtFen(row.medfeeFen())
                    .fundPaySumamtFen(row.fundFen())
                    .acctPayFen(row.acctFen())
                    .refdSetlFlag((short) row.refund());
        }
        return send(encoder.encodedLength());
    }

    StatementUploadOutcomeDecoder uploaded() {
        return new StatementUploadOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
    }

    /** 3202 of all that is insured in 320300, of today, whose rows are these. */
    ResultCode details(
            final String institution,
            final String number,
            final int pieces,
            final List<Row> rows,
            final Consumer<StatementDetailsEncoder> change) {
        clear();
        final StatementDetailsEncoder encoder =
                new StatementDetailsEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.fileQuryNo(number)
                .pieceCount(pieces)
                .setlOptins("320300")
                .clrType("")
                .stmtBegndateMs(city.nowMs)
                .stmtEnddateMs(city.nowMs)
                .refdSetlFlag((short) 0)
                .medfeeSumamtFen(rows.stream().mapToLong(Row::medfeeFen).sum())
                .fundPaySumamtFen(rows.stream().mapToLong(Row::fundFen).sum())
                .acctPayFen(rows.stream().mapToLong(Row::acctFen).sum())
                .fixmedinsSetlCnt(rows.size());
        change.accept(encoder);
        return send(encoder.encodedLength());
    }

    StatementDetailsOutcomeDecoder ended() {
        return new StatementDetailsOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
    }

    ResultCode download(
            final String institution, final String number, final Consumer<StatementDownloadEncoder> change) {
        clear();
        final StatementDownloadEncoder encoder =
                new StatementDownloadEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.fileQuryNo(number).afterRow(-1).pageLimit(100);
        change.accept(encoder);
        return send(encoder.encodedLength());
    }

    ResultCode query(final String institution, final QueryBy by, final Consumer<SettlementQueryEncoder> change) {
        clear();
        final SettlementQueryEncoder encoder =
                new SettlementQueryEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.by(by).pageLimit(100);
        change.accept(encoder);
        return send(encoder.encodedLength());
    }
}
