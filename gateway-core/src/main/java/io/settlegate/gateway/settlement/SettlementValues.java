package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Shares;
import java.util.Arrays;

/**
 * A settlement's amounts as few numbers: what follows from others is not among them, and what usually follows is kept as the
 * difference from that, which is then 0.
 *
 * <pre>
 *  0  the parts of the bill: ownpay, overlmt, preselfpay, inscp        4  act_pay_dedc
 *  5  hifp, cvlserv, hifes, hifmi, hifob, maf, oth                    12  hosp_part
 * 13  own account, family's account                                   15  acct_pay less own account
 * 16  fund_pay_sumamt less all funds                                  17  payable amount less (inscp less act_pay_dedc)
 * 18  row of the visit + 1                                            19  row of what was paid for the disease + 1
 * 20  what each slot of the accumulators grew by, less what its pool's usually do: act_pay_dedc, payable amount, hifp
 * </pre>
 *
 * <p>Each is within an int: bills are at most {@code Money.MAX_BILL_FEN}. Owned by the engine's thread.
 */
final class SettlementValues {
    static final int COUNT = 20 + Accumulators.COUNT;

    private static final int DEDC = 4;
    private static final int FUNDS = 5;
    private static final int HOSP = 12;
    private static final int OWN_ACCOUNT = 13;
    private static final int MULAID = 14;
    private static final int ACCT_REST = 15;
    private static final int FUND_SUM_REST = 16;
    private static final int BASE_REST = 17;
    private static final int VISIT = 18;
    private static final int DISEASE = 19;
    private static final int DELTAS = 20;
    private static final int POOL_SLOTS = 3;
    private static final int ALL_POOL_SLOTS = 12;

    final long[] values = new long[COUNT];
    int pool;

    private final long[] usual = new long[Accumulators.COUNT];

    /** Makes the numbers of a settlement's shares. A row below 0 is none. */
    void take(final Shares shares, final int visitRow, final int diseaseRow) {
        values[0] = shares.fulamtOwnpayFen;
        values[1] = shares.overlmtSelfpayFen;
        values[2] = shares.preselfpayFen;
        values[3] = shares.inscpScpFen;
        values[DEDC] = shares.actPayDedcFen;
        values[FUNDS] = shares.hifpPayFen;
        values[FUNDS + 1] = shares.cvlservPayFen;
        values[FUNDS + 2] = shares.hifesPayFen;
        values[FUNDS + 3] = shares.hifmiPayFen;
        values[FUNDS + 4] = shares.hifobPayFen;
        values[FUNDS + 5] = shares.mafPayFen;
        values[FUNDS + 6] = shares.othPayFen;
        values[HOSP] = shares.hospPartFen;
        values[OWN_ACCOUNT] = shares.ownAccountFen;
        values[MULAID] = shares.acctMulaidPayFen;
        values[ACCT_REST] = shares.acctPayFen - shares.ownAccountFen;
        values[FUND_SUM_REST] = shares.fundPaySumamtFen - fundsFen();
        values[BASE_REST] = shares.baseFen - (shares.inscpScpFen - shares.actPayDedcFen);
        values[VISIT] = visitRow + 1L;
        values[DISEASE] = diseaseRow + 1L;
        final int poolSlots = shares.writtenSlots & ((1 << ALL_POOL_SLOTS) - 1);
        pool = poolSlots == 0 ? 0 : Integer.numberOfTrailingZeros(poolSlots) / POOL_SLOTS;
        setUsual(shares);
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            values[DELTAS + slot] = shares.deltas[slot] - usual[slot];
        }
    }

    /** A bit for each number that is not 0. */
    long mask() {
        long mask = 0;
        for (int i = 0; i < COUNT; i++) {
            mask |= ((values[i] | -values[i]) >>> (Long.SIZE - 1)) << i;
        }
        return mask;
    }

    /** The inverse of {@link #take}; balance, shown ratio, policy version, and slots read are not among the numbers. */
    void give(final Shares shares) {
        shares.fulamtOwnpayFen = values[0];
        shares.overlmtSelfpayFen = values[1];
        shares.preselfpayFen = values[2];
        shares.inscpScpFen = values[3];
        shares.medfeeSumamtFen = values[0] + values[1] + values[2] + values[3];
        shares.actPayDedcFen = values[DEDC];
        shares.hifpPayFen = values[FUNDS];
        shares.cvlservPayFen = values[FUNDS + 1];
        shares.hifesPayFen = values[FUNDS + 2];
        shares.hifmiPayFen = values[FUNDS + 3];
        shares.hifobPayFen = values[FUNDS + 4];
        shares.mafPayFen = values[FUNDS + 5];
        shares.othPayFen = values[FUNDS + 6];
        shares.hospPartFen = values[HOSP];
        shares.psnPartFen = shares.medfeeSumamtFen - fundsFen() - shares.hospPartFen;
        shares.ownAccountFen = values[OWN_ACCOUNT];
        shares.acctMulaidPayFen = values[MULAID];
        shares.acctPayFen = values[ACCT_REST] + values[OWN_ACCOUNT];
        shares.psnCashPayFen = shares.psnPartFen - shares.ownAccountFen - shares.acctMulaidPayFen;
        shares.fundPaySumamtFen = values[FUND_SUM_REST] + fundsFen();
        shares.baseFen = values[BASE_REST] + values[3] - values[DEDC];
        shares.balcFen = 0;
        shares.poolPropSelfpayE4 = 0;
        setUsual(shares);
        shares.writtenSlots = 0;
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            shares.deltas[slot] = values[DELTAS + slot] + usual[slot];
            shares.writtenSlots |= shares.deltas[slot] == 0 ? 0 : 1 << slot;
        }
    }

    int visitRow() {
        return (int) values[VISIT] - 1;
    }

    int diseaseRow() {
        return (int) values[DISEASE] - 1;
    }

    private void setUsual(final Shares shares) {
        Arrays.fill(usual, 0);
        usual[pool * POOL_SLOTS] = shares.actPayDedcFen;
        usual[pool * POOL_SLOTS + 1] = shares.baseFen;
        usual[pool * POOL_SLOTS + 2] = shares.hifpPayFen;
    }

    private long fundsFen() {
        long sum = 0;
        for (int i = FUNDS; i < HOSP; i++) {
            sum += values[i];
        }
        return sum;
    }
}
