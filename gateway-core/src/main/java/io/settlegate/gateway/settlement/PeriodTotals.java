package io.settlegate.gateway.settlement;

import java.util.Arrays;

/** Sums of {@link DayTotals} over days, in fen. One thread; reused. */
final class PeriodTotals {
    /** hifp, cvlserv, hifes, hifmi, hifob, maf, oth. */
    static final int FUNDS = 7;

    /** Rows by their own days. */
    int settledCount;

    int undoneCount;
    long medfeeFen;
    long fundSumFen;
    final long[] fundsFen = new long[FUNDS];
    long acctFen;
    long mulaidFen;
    long cashFen;
    long hospFen;
    /** By mdtrt_cert_type 01, 02, 03; what stands again was not counted by any. */
    final int[] credentialCounts = new int[3];

    /** What stands of the days' settlements. */
    int standingCount;

    long standingMedfeeFen;
    long standingFundSumFen;
    long standingAcctFen;
    long standingCashFen;

    void clear() {
        settledCount = 0;
        undoneCount = 0;
        medfeeFen = 0;
        fundSumFen = 0;
        Arrays.fill(fundsFen, 0);
        acctFen = 0;
        mulaidFen = 0;
        cashFen = 0;
        hospFen = 0;
        Arrays.fill(credentialCounts, 0);
        standingCount = 0;
        standingMedfeeFen = 0;
        standingFundSumFen = 0;
        standingAcctFen = 0;
        standingCashFen = 0;
    }
}
