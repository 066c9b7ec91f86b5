package io.settlegate.loadtest.wire;

import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.QueryBy;
import io.settlegate.protocol.codec.SettlementQueryEncoder;
import io.settlegate.protocol.codec.StatementDetailsEncoder;
import io.settlegate.protocol.codec.StatementDownloadEncoder;
import io.settlegate.protocol.codec.StatementTotalsEncoder;
import io.settlegate.protocol.codec.StatementUploadEncoder;
import java.util.List;

/**
 * Writes what an institution sends to compare its books: 3201, 9101, 3202, 9102, and 5203.
 *
 * <p>Used by the thread of its {@link TerminalRequests}, whose buffer it fills.
 */
final class StatementRequests {
    private static final String NO_TEXT = "";
    private static final int PAGE_LIMIT = 20;

    private final TerminalRequests terminal;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final StatementTotalsEncoder totals = new StatementTotalsEncoder();
    private final StatementUploadEncoder upload = new StatementUploadEncoder();
    private final StatementDetailsEncoder details = new StatementDetailsEncoder();
    private final StatementDownloadEncoder download = new StatementDownloadEncoder();
    private final SettlementQueryEncoder query = new SettlementQueryEncoder();

    StatementRequests(final TerminalRequests terminal) {
        this.terminal = terminal;
    }

    /** 3201 of this day, with sums that are not the day's. */
    byte[] totals(final String msgid, final String office, final String insutype, final Stamp stamp) {
        totals.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        terminal.open(totals.header(), msgid, terminal.admdvs(), stamp);
        totals.insutype(insutype)
                .clrType("41")
                .setlOptins(office)
                .stmtBegndateMs(stamp.timeMs())
                .stmtEnddateMs(stamp.timeMs())
                .refdSetlFlag((short) 1);
        totals.medfeeSumamtFen(0).fundPaySumamtFen(0).acctPayFen(0).fixmedinsSetlCnt(0);
        return terminal.signed(totals.encodedLength());
    }

    /** 9101: one piece with all rows. */
    byte[] upload(final String msgid, final String fileQuryNo, final List<StatementRow> rows, final Stamp stamp) {
        upload.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        terminal.open(upload.header(), msgid, terminal.admdvs(), stamp);
        upload.fileQuryNo(fileQuryNo).pieceIndex(0);
        final StatementUploadEncoder.RowsEncoder group = upload.rowsCount(rows.size());
        for (final StatementRow row : rows) {
            group.next().setlId(NO_TEXT).msgid(row.msgid()).psnNo(row.psnNo()).mdtrtId(NO_TEXT);
            group.medfeeSumamtFen(row.medfeeSumamtFen())
                    .fundPaySumamtFen(0)
                    .acctPayFen(0)
                    .refdSetlFlag((short) 0);
        }
        return terminal.signed(upload.encodedLength());
    }

    /** 3202 of an upload of one piece. */
    byte[] details(
            final String msgid,
            final String fileQuryNo,
            final String office,
            final List<StatementRow> rows,
            final Stamp stamp) {
        details.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        terminal.open(details.header(), msgid, terminal.admdvs(), stamp);
        details.fileQuryNo(fileQuryNo)
                .pieceCount(1)
                .setlOptins(office)
                .clrType(NO_TEXT)
                .stmtBegndateMs(stamp.timeMs())
                .stmtEnddateMs(stamp.timeMs())
                .refdSetlFlag((short) 1);
        details.medfeeSumamtFen(
                        rows.stream().mapToLong(StatementRow::medfeeSumamtFen).sum())
                .fundPaySumamtFen(0)
                .acctPayFen(0)
                .fixmedinsSetlCnt(rows.size());
        return terminal.signed(details.encodedLength());
    }

    /** 9102: the first page. */
    byte[] download(final String msgid, final String fileQuryNo, final Stamp stamp) {
        download.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        terminal.open(download.header(), msgid, terminal.admdvs(), stamp);
        download.fileQuryNo(fileQuryNo).afterRow(-1).pageLimit(PAGE_LIMIT);
        return terminal.signed(download.encodedLength());
    }

    /** 5203: a person's records of this day at this institution. */
    byte[] records(final String msgid, final String psnNo, final Stamp stamp) {
        query.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        terminal.open(query.header(), msgid, terminal.admdvs(), stamp);
        query.by(QueryBy.PERSON_TIME)
                .omsgid(NO_TEXT)
                .setlId(NO_TEXT)
                .psnNo(psnNo)
                .begnTimeMs(BeijingTime.startOfDayMs(stamp.timeMs()))
                .endTimeMs(BeijingTime.startOfDayMs(stamp.timeMs()) + BeijingTime.DAY_MS)
                .afterSequence(0)
                .pageLimit(PAGE_LIMIT);
        return terminal.signed(query.encodedLength());
    }
}
