package io.settlegate.gateway.settlement;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.StatementDetailsDecoder;
import io.settlegate.protocol.codec.StatementDetailsOutcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 3202: ends an upload, whose pieces must all be there and come to the sums that it names. The comparison itself is made outside of the
 * engine, from the journal: every record that it needs is named in the outcome. Owned by the engine's thread.
 */
final class StatementDetailsTransaction implements Transaction {
    private static final int NUMBER = StatementDetailsDecoder.fileQuryNoEncodingOffset();
    private static final int OFFICE = StatementDetailsDecoder.setlOptinsEncodingOffset();
    private static final int CLR_TYPE = StatementDetailsDecoder.clrTypeEncodingOffset();
    private static final int CLR_TYPE_LENGTH = 6;

    private final EngineState state;
    private final OutcomeWriter writer;
    private final StatementDetailsDecoder decoder = new StatementDetailsDecoder();
    private final StatementDetailsOutcomeEncoder encoder = new StatementDetailsOutcomeEncoder();
    private final StatementPeriod period = new StatementPeriod();

    StatementDetailsTransaction(final EngineState state, final OutcomeWriter writer) {
        this.state = state;
        this.writer = writer;
    }

    @Override
    public int templateId() {
        return StatementDetailsDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return StatementDetailsDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        final DirectBuffer buffer = request.buffer;
        decoder.wrap(buffer, request.body, request.blockLength, request.version);
        final ResultCode dates = period.take(decoder.stmtBegndateMs(), decoder.stmtEnddateMs(), request.timeMs);
        final boolean isForm = Fields.isCode(buffer, request.body + NUMBER, Uploads.NUMBER_LENGTH)
                && Fields.isDigits(buffer, request.body + OFFICE, Rows.REGION_KEY)
                && isClrTypeOrEmpty(buffer, request.body + CLR_TYPE)
                && decoder.refdSetlFlag() <= 1;
        if (!isForm || dates == ResultCode.FIELD_MALFORMED) {
            return ResultCode.FIELD_MALFORMED;
        }
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        if (state.regions.find(buffer, request.body + OFFICE) < 0) {
            return ResultCode.OTHER_SHARD;
        }
        final ResultCode whole = checkUpload(request);
        if (whole != ResultCode.OK || dates != ResultCode.OK) {
            return whole == ResultCode.OK ? dates : whole;
        }
        // The comparison looks at every record of the institution since the first day.
        return period.firstDay < BusinessTime.dayOf(request.timeMs) - Limits.MAX_STATEMENT_AGE_DAYS
                ? ResultCode.STATEMENT_PERIOD
                : ResultCode.OK;
    }

    private static boolean isClrTypeOrEmpty(final DirectBuffer buffer, final int clrType) {
        return Fields.isZero(buffer, clrType, CLR_TYPE_LENGTH)
                || (Fields.isDigits(buffer, clrType, 2)
                        && Fields.isZero(buffer, clrType + 2, CLR_TYPE_LENGTH - 2)
                        && DayTotals.isClrType(Fields.number(buffer, clrType, 2)));
    }

    private ResultCode checkUpload(final Request request) {
        final Uploads uploads = state.uploads;
        if (!uploads.find(request.institutionRow, request.buffer, request.body + NUMBER)) {
            return ResultCode.STATEMENT_UNKNOWN;
        }
        if (decoder.pieceCount() != uploads.pieces() || uploads.detailsSequence() != 0) {
            return ResultCode.STATEMENT_PIECE;
        }
        final boolean isSame = decoder.fixmedinsSetlCnt() == uploads.rows()
                && decoder.medfeeSumamtFen() == uploads.medfeeFen()
                && decoder.fundPaySumamtFen() == uploads.fundSumFen()
                && decoder.acctPayFen() == uploads.acctFen();
        return isSame ? ResultCode.OK : ResultCode.STATEMENT_SUMS;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, StatementDetailsOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        outcome.putBytes(
                encoder.offset() + StatementDetailsOutcomeEncoder.fileQuryNoEncodingOffset(),
                request.buffer,
                request.body + NUMBER,
                Uploads.NUMBER_LENGTH);
        final Uploads uploads = state.uploads;
        encoder.rowCount(uploads.rows())
                .pieceCount(uploads.pieces())
                .firstPieceSequence(uploads.firstSequence())
                .lastPieceSequence(uploads.lastSequence());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        state.uploads.end(request.sequence);
    }
}
