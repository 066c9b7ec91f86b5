package io.settlegate.loadtest.books;

/**
 * Sums over settlements and reversals; the amounts are net of reversals and cancels.
 *
 * @param settlementCount settlements made, reversed ones included.
 * @param reversalCount reversals that undid a settlement.
 */
public record Totals(
        long settlementCount, long reversalCount, long fundPaySumamtFen, long acctPayFen, long psnCashPayFen) {}
