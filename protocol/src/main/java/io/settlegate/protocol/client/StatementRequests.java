package io.settlegate.protocol.client;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.client.statement.StatementRow;
import io.settlegate.protocol.client.statement.StatementScope;
import io.settlegate.protocol.client.statement.StatementSums;
import io.settlegate.protocol.codec.RequestHeaderEncoder;
import io.settlegate.protocol.codec.StatementDetailsEncoder;
import io.settlegate.protocol.codec.StatementDownloadEncoder;
import io.settlegate.protocol.codec.StatementTotalsEncoder;
import io.settlegate.protocol.codec.StatementUploadEncoder;
import java.util.List;

/**
 * Encodes and signs what an institution asks about its books: totals, and statements in detail.
 *
 * <p>Safe for all threads; one request at a time, together with those of its {@link RequestSigner}. A text that is longer than its
 * field is an {@link IndexOutOfBoundsException}.
 */
public final class StatementRequests {
    private final RequestSigner signer;
    private final StatementTotalsEncoder totals = new StatementTotalsEncoder();
    private final StatementUploadEncoder upload = new StatementUploadEncoder();
    private final StatementDetailsEncoder details = new StatementDetailsEncoder();
    private final StatementDownloadEncoder download = new StatementDownloadEncoder();

    StatementRequests(final RequestSigner signer) {
        this.signer = signer;
    }

    /**
     * 3201: whether the gateway has the same totals.
     *
     * @param clrType 11 outpatient, 21 inpatient, 41 pharmacy.
     */
    public SignedRequest totals(
            final String msgid,
            final StatementScope scope,
            final String insutype,
            final String clrType,
            final StatementSums sums) {
        synchronized (signer) {
            totals.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            fill(totals.header(), msgid);
            totals.insutype(insutype)
                    .clrType(clrType)
                    .setlOptins(scope.setlOptins())
                    .stmtBegndateMs(scope.stmtBegndateMs())
                    .stmtEnddateMs(scope.stmtEnddateMs())
                    .refdSetlFlag(scope.refdSetlFlag().value())
                    .medfeeSumamtFen(sums.medfeeSumamtFen())
                    .fundPaySumamtFen(sums.fundPaySumamtFen())
                    .acctPayFen(sums.acctPayFen())
                    .fixmedinsSetlCnt(sums.fixmedinsSetlCnt());
            return signer.signed(msgid, totals.encodedLength());
        }
    }

    /**
     * 9101: a piece of a statement.
     *
     * @param fileQuryNo chosen by the institution, new for each statement.
     * @param pieceIndex from 0 without gaps.
     * @throws IllegalArgumentException if there are more than {@link Limits#MAX_STATEMENT_ROWS} rows.
     */
    public SignedRequest upload(
            final String msgid, final String fileQuryNo, final int pieceIndex, final List<StatementRow> rows) {
        if (rows.size() > Limits.MAX_STATEMENT_ROWS) {
            throw new IllegalArgumentException(
                    rows.size() + " rows are more than the limit of " + Limits.MAX_STATEMENT_ROWS);
        }
        synchronized (signer) {
            upload.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            fill(upload.header(), msgid);
            upload.fileQuryNo(fileQuryNo).pieceIndex(pieceIndex);
            final StatementUploadEncoder.RowsEncoder group = upload.rowsCount(rows.size());
            for (final StatementRow row : rows) {
                group.next()
                        .setlId(row.setlId())
                        .msgid(row.msgid())
                        .psnNo(row.psnNo())
                        .mdtrtId(row.mdtrtId())
                        .medfeeSumamtFen(row.medfeeSumamtFen())
                        .fundPaySumamtFen(row.fundPaySumamtFen())
                        .acctPayFen(row.acctPayFen())
                        .refdSetlFlag(row.refdSetlFlag().value());
            }
            return signer.signed(msgid, upload.encodedLength());
        }
    }

    /**
     * 3202: that was all of it; compare.
     *
     * @param clrType empty for all.
     * @param sums    over the rows of all pieces.
     */
    public SignedRequest details(
            final String msgid,
            final String fileQuryNo,
            final int pieceCount,
            final StatementScope scope,
            final String clrType,
            final StatementSums sums) {
        synchronized (signer) {
            details.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            fill(details.header(), msgid);
            details.fileQuryNo(fileQuryNo)
                    .pieceCount(pieceCount)
                    .setlOptins(scope.setlOptins())
                    .clrType(clrType)
                    .stmtBegndateMs(scope.stmtBegndateMs())
                    .stmtEnddateMs(scope.stmtEnddateMs())
                    .refdSetlFlag(scope.refdSetlFlag().value())
                    .medfeeSumamtFen(sums.medfeeSumamtFen())
                    .fundPaySumamtFen(sums.fundPaySumamtFen())
                    .acctPayFen(sums.acctPayFen())
                    .fixmedinsSetlCnt(sums.fixmedinsSetlCnt());
            return signer.signed(msgid, details.encodedLength());
        }
    }

    /**
     * 9102: a page of what 3202 found.
     *
     * @param afterRow  -1 for the first page.
     * @param pageLimit 1 to {@link Limits#MAX_PAGE}.
     */
    public SignedRequest download(
            final String msgid, final String fileQuryNo, final int afterRow, final int pageLimit) {
        synchronized (signer) {
            download.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            fill(download.header(), msgid);
            download.fileQuryNo(fileQuryNo).afterRow(afterRow).pageLimit(pageLimit);
            return signer.signed(msgid, download.encodedLength());
        }
    }

    /** These name no person whose place of insurance it could be. */
    private void fill(final RequestHeaderEncoder common, final String msgid) {
        signer.fill(common, msgid, signer.identity().admdvs());
    }
}
