package io.settlegate.gateway.benefits;

import java.util.Arrays;

/**
 * Who pays what: the fields of the national interface in fen, and what the settlement does to the accumulators. The computation
 * overwrites it; after a refusal all is 0.
 *
 * <p>Owned by one thread.
 */
public final class Shares {
    public int policyVersion;
    public long medfeeSumamtFen;
    public long fulamtOwnpayFen;
    public long overlmtSelfpayFen;
    public long preselfpayFen;
    public long inscpScpFen;
    public long actPayDedcFen;
    public long hifpPayFen;
    public long cvlservPayFen;
    public long hifesPayFen;
    public long hifmiPayFen;
    public long hifobPayFen;
    public long mafPayFen;
    public long othPayFen;
    public long fundPaySumamtFen;
    public long hospPartFen;
    public long psnPartFen;
    public long acctPayFen;
    public long acctMulaidPayFen;
    public long psnCashPayFen;

    /** The balance of the person's own account afterwards. */
    public long balcFen;

    /** The fund's share of the amount after the deductible, despite its national name, in 1/10,000. */
    public int poolPropSelfpayE4;

    /** What the person's own account gives; acct_pay holds the family's too where the region says so. */
    public long ownAccountFen;

    /** The in-policy amount after the deductible, as the basic fund saw it; 0 where it takes no part. */
    public long baseFen;

    public final long[] deltas = new long[Accumulators.COUNT];

    /** Bit n: the outcome depends on slot n. A settlement stands on an earlier one if it read what that one wrote. */
    public int readSlots;

    /** Bit n: slot n was changed. */
    public int writtenSlots;

    void clear() {
        policyVersion = 0;
        medfeeSumamtFen = 0;
        fulamtOwnpayFen = 0;
        overlmtSelfpayFen = 0;
        preselfpayFen = 0;
        inscpScpFen = 0;
        actPayDedcFen = 0;
        hifpPayFen = 0;
        cvlservPayFen = 0;
        hifesPayFen = 0;
        hifmiPayFen = 0;
        hifobPayFen = 0;
        mafPayFen = 0;
        othPayFen = 0;
        fundPaySumamtFen = 0;
        hospPartFen = 0;
        psnPartFen = 0;
        acctPayFen = 0;
        acctMulaidPayFen = 0;
        psnCashPayFen = 0;
        balcFen = 0;
        poolPropSelfpayE4 = 0;
        ownAccountFen = 0;
        baseFen = 0;
        readSlots = 0;
        writtenSlots = 0;
        Arrays.fill(deltas, 0);
    }

    /**
     * Becomes the row of a cancel: every amount the negative of the original's. The balance is not one of them; the caller sets it.
     */
    public void setNegativeOf(final Shares original) {
        clear();
        policyVersion = original.policyVersion;
        medfeeSumamtFen = -original.medfeeSumamtFen;
        fulamtOwnpayFen = -original.fulamtOwnpayFen;
        overlmtSelfpayFen = -original.overlmtSelfpayFen;
        preselfpayFen = -original.preselfpayFen;
        inscpScpFen = -original.inscpScpFen;
        actPayDedcFen = -original.actPayDedcFen;
        hifpPayFen = -original.hifpPayFen;
        cvlservPayFen = -original.cvlservPayFen;
        hifesPayFen = -original.hifesPayFen;
        hifmiPayFen = -original.hifmiPayFen;
        hifobPayFen = -original.hifobPayFen;
        mafPayFen = -original.mafPayFen;
        othPayFen = -original.othPayFen;
        fundPaySumamtFen = -original.fundPaySumamtFen;
        hospPartFen = -original.hospPartFen;
        psnPartFen = -original.psnPartFen;
        acctPayFen = -original.acctPayFen;
        acctMulaidPayFen = -original.acctMulaidPayFen;
        psnCashPayFen = -original.psnCashPayFen;
        poolPropSelfpayE4 = original.poolPropSelfpayE4;
        ownAccountFen = -original.ownAccountFen;
        baseFen = -original.baseFen;
        writtenSlots = original.writtenSlots;
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            deltas[slot] = -original.deltas[slot];
        }
    }

    /** Whether a settlement that wrote these slots is one on which this one stands. */
    public boolean standsOn(final int earlierWrittenSlots) {
        return (readSlots & earlierWrittenSlots) != 0;
    }
}
