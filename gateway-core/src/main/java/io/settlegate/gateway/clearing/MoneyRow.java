package io.settlegate.gateway.clearing;

import java.time.LocalDate;

/**
 * What one record gave or took back. A settlement that is undone has another row, with negative amounts, on the day on which that
 * happened. Reused from row to row; one thread.
 */
public final class MoneyRow {
    /** Whether the row gives or takes back. */
    public enum Kind {
        /** A settlement, or one that stands again. */
        SETTLEMENT,
        /** A cancel or a reversal. */
        REFUND
    }

    /** The record. */
    long sequence;

    LocalDate day;
    Kind kind;
    /** fixmedins_code. */
    String institution;
    /** The clearing office: where the person is insured. */
    String office;

    String insutype;
    /** 11 outpatient, 21 inpatient, 41 pharmacy. */
    String clrType;

    /** By {@link Amount}; signed. */
    final long[] fen = new long[Amount.COUNT];

    long fen(final Amount amount) {
        return fen[amount.ordinal()];
    }

    long sum(final Iterable<Amount> amounts) {
        long sumFen = 0;
        for (final Amount amount : amounts) {
            sumFen = Math.addExact(sumFen, fen(amount));
        }
        return sumFen;
    }
}
