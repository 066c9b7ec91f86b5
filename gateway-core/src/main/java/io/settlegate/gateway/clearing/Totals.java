package io.settlegate.gateway.clearing;

import java.util.Arrays;

/** Sums of rows, exact. One thread. */
final class Totals {
    private final long[] fen = new long[Amount.COUNT];
    private long settlementCount;
    private long refundCount;
    /** What of fund_pay_sumamt is the account, in regions that count it in. */
    private long accountInFundSumFen;
    /** What of psn_part_amt is the family's account, in regions that count it beside acct_pay. */
    private long mulaidBesideFen;

    void add(final MoneyRow row) {
        if (row.kind == MoneyRow.Kind.SETTLEMENT) {
            settlementCount++;
        } else {
            refundCount++;
        }
        for (int i = 0; i < fen.length; i++) {
            fen[i] = Math.addExact(fen[i], row.fen[i]);
        }
        if (RowLaw.accountInFundSum(row)) {
            accountInFundSumFen = Math.addExact(accountInFundSumFen, row.fen(Amount.ACCT));
        }
        if (RowLaw.mulaidBeside(row)) {
            mulaidBesideFen = Math.addExact(mulaidBesideFen, row.fen(Amount.ACCT_MULAID));
        }
    }

    void add(final Totals other) {
        settlementCount += other.settlementCount;
        refundCount += other.refundCount;
        for (int i = 0; i < fen.length; i++) {
            fen[i] = Math.addExact(fen[i], other.fen[i]);
        }
        accountInFundSumFen = Math.addExact(accountInFundSumFen, other.accountInFundSumFen);
        mulaidBesideFen = Math.addExact(mulaidBesideFen, other.mulaidBesideFen);
    }

    long fen(final Amount amount) {
        return fen[amount.ordinal()];
    }

    private long sum(final Iterable<Amount> amounts) {
        long sumFen = 0;
        for (final Amount amount : amounts) {
            sumFen = Math.addExact(sumFen, fen(amount));
        }
        return sumFen;
    }

    long settlementCount() {
        return settlementCount;
    }

    long refundCount() {
        return refundCount;
    }

    /** Settlements less refunds: psntime of 3203. */
    long netCount() {
        return settlementCount - refundCount;
    }

    /** Whether a law that holds for each row holds for the sums. */
    boolean holds(final RowLaw law) {
        final long fundsFen = sum(Amount.FUNDS);
        return switch (law) {
            case A -> fen(Amount.MEDFEE) == sum(Amount.SPLIT);
            case B -> fen(Amount.FUND_SUM) == fundsFen + accountInFundSumFen;
            case C -> fen(Amount.MEDFEE) == fundsFen + fen(Amount.PSN_PART) + fen(Amount.HOSP_PART);
            case D -> fen(Amount.PSN_PART) == fen(Amount.ACCT) + fen(Amount.CASH) + mulaidBesideFen;
        };
    }

    boolean isEqual(final Totals other) {
        return settlementCount == other.settlementCount
                && refundCount == other.refundCount
                && Arrays.equals(fen, other.fen);
    }
}
