package io.settlegate.gateway.replay;

/**
 * Counts of records and sums of what they moved, in fen, net: a cancel and a reversal count negative.
 *
 * <p>One thread. An overflow is an {@link ArithmeticException}.
 */
final class Tally {
    long recordCount;
    /** Of them: refused by the engine. */
    long refusalCount;

    /** Of them: answered with an earlier outcome. */
    long repeatCount;

    long medfeeSumamtFen;
    long fundPaySumamtFen;
    long hospPartAmtFen;
    long acctPayFen;
    long acctMulaidPayFen;
    long psnCashPayFen;

    void clear() {
        recordCount = 0;
        refusalCount = 0;
        repeatCount = 0;
        medfeeSumamtFen = 0;
        fundPaySumamtFen = 0;
        hospPartAmtFen = 0;
        acctPayFen = 0;
        acctMulaidPayFen = 0;
        psnCashPayFen = 0;
    }

    void add(final Tally other) {
        recordCount += other.recordCount;
        refusalCount += other.refusalCount;
        repeatCount += other.repeatCount;
        medfeeSumamtFen = Math.addExact(medfeeSumamtFen, other.medfeeSumamtFen);
        fundPaySumamtFen = Math.addExact(fundPaySumamtFen, other.fundPaySumamtFen);
        hospPartAmtFen = Math.addExact(hospPartAmtFen, other.hospPartAmtFen);
        acctPayFen = Math.addExact(acctPayFen, other.acctPayFen);
        acctMulaidPayFen = Math.addExact(acctMulaidPayFen, other.acctMulaidPayFen);
        psnCashPayFen = Math.addExact(psnCashPayFen, other.psnCashPayFen);
    }
}
