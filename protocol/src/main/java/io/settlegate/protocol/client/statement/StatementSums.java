package io.settlegate.protocol.client.statement;

import java.util.List;

/**
 * What an institution's rows come to; refunds are negative, and are rows of their own.
 *
 * @param fixmedinsSetlCnt rows.
 */
public record StatementSums(long medfeeSumamtFen, long fundPaySumamtFen, long acctPayFen, int fixmedinsSetlCnt) {
    /** Of no rows. */
    public static final StatementSums NONE = new StatementSums(0, 0, 0, 0);

    /** These and some rows more. */
    public StatementSums plus(final List<StatementRow> rows) {
        long medfeeFen = medfeeSumamtFen;
        long fundFen = fundPaySumamtFen;
        long acctFen = acctPayFen;
        for (final StatementRow row : rows) {
            medfeeFen += row.medfeeSumamtFen();
            fundFen += row.fundPaySumamtFen();
            acctFen += row.acctPayFen();
        }
        return new StatementSums(medfeeFen, fundFen, acctFen, fixmedinsSetlCnt + rows.size());
    }
}
