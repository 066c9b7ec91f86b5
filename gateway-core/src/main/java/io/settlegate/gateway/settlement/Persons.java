package io.settlegate.gateway.settlement;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads and changes the money of a person's row. Two years' accumulators stand side by side, because a purchase of last
 * December may still be settled in January; a year's slot in which nothing stands is all zero.
 */
final class Persons {
    private static final int ADMDVS_LENGTH = 6;

    private Persons() {}

    /** Whether the person is insured where the request says. */
    static boolean isOf(final FlatTable persons, final int row, final Request request) {
        return Fields.equal(
                request.buffer,
                request.insuplc(),
                persons.buffer(row),
                persons.offset(row) + Rows.PERSON_INSUPLC,
                ADMDVS_LENGTH);
    }

    static long usedInYear(final FlatTable persons, final int row, final long year, final int field) {
        final int slot = (int) (year & 1);
        return numberOf(persons, row, slot) == year
                ? persons.getLong(row, Rows.PERSON_YEARS + slot * Rows.YEAR_LENGTH + field)
                : 0;
    }

    /** Adds to balance and accumulators; negative amounts take back. Cannot throw. */
    static void post(
            final FlatTable persons,
            final int row,
            final long balanceFen,
            final long year,
            final long dedcFen,
            final long hifpFen) {
        persons.beginWrite(row);
        final UnsafeBuffer buffer = persons.buffer(row);
        final int at = persons.offset(row);
        buffer.putLong(at + Rows.PERSON_BALANCE, buffer.getLong(at + Rows.PERSON_BALANCE) + balanceFen);
        if (dedcFen != 0 || hifpFen != 0) {
            final int slot = (int) (year & 1);
            final int sums = at + Rows.PERSON_YEARS + slot * Rows.YEAR_LENGTH;
            final boolean sameYear = numberOf(persons, row, slot) == year;
            final long dedc = (sameYear ? buffer.getLong(sums + Rows.YEAR_DEDC) : 0) + dedcFen;
            final long hifp = (sameYear ? buffer.getLong(sums + Rows.YEAR_HIFP) : 0) + hifpFen;
            buffer.putLong(sums + Rows.YEAR_DEDC, dedc);
            buffer.putLong(sums + Rows.YEAR_HIFP, hifp);
            final int number = at + Rows.PERSON_YEAR_NUMBERS + slot * Short.BYTES;
            buffer.putShort(number, (short) (dedc == 0 && hifp == 0 ? 0 : year));
        }
        persons.endWrite(row);
    }

    static boolean isFrozen(final FlatTable persons, final int row) {
        return persons.getByte(row, Rows.PERSON_FROZEN) != 0;
    }

    private static int numberOf(final FlatTable persons, final int row, final int slot) {
        return persons.buffer(row).getShort(persons.offset(row) + Rows.PERSON_YEAR_NUMBERS + slot * Short.BYTES)
                & 0xFFFF;
    }
}
