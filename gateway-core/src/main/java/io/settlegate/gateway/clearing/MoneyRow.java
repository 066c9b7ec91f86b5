package io.settlegate.gateway.clearing;

import java.time.LocalDate;
import java.util.Arrays;

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

    void clear() {
        Arrays.fill(fen, 0);
    }

    /** Counts where the other counted: a person may be insured elsewhere by now. */
    void takeKey(final MoneyRow other) {
        institution = other.institution;
        office = other.office;
        insutype = other.insutype;
        clrType = other.clrType;
    }

    /** Becomes what undoes another row: the other kind, and each amount with the other sign. */
    void takeBack(final MoneyRow other) {
        kind = other.kind == Kind.SETTLEMENT ? Kind.REFUND : Kind.SETTLEMENT;
        takeKey(other);
        for (int i = 0; i < fen.length; i++) {
            fen[i] = -other.fen[i];
        }
    }

    MoneyRow copy() {
        final MoneyRow copy = new MoneyRow();
        copy.sequence = sequence;
        copy.day = day;
        copy.kind = kind;
        copy.institution = institution;
        copy.office = office;
        copy.insutype = insutype;
        copy.clrType = clrType;
        System.arraycopy(fen, 0, copy.fen, 0, fen.length);
        return copy;
    }

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
