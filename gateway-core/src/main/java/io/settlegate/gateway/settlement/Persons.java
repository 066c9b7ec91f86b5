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
        final int slot = slot(year);
        return persons.getLong(row, slot) == year ? persons.getLong(row, slot + field) : 0;
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
            final int slot = at + slot(year);
            if (buffer.getLong(slot) != year) {
                buffer.setMemory(slot, Rows.YEAR_LENGTH, (byte) 0);
                buffer.putLong(slot, year);
            }
            final long dedc = buffer.getLong(slot + Rows.YEAR_DEDC) + dedcFen;
            final long hifp = buffer.getLong(slot + Rows.YEAR_HIFP) + hifpFen;
            buffer.putLong(slot + Rows.YEAR_DEDC, dedc);
            buffer.putLong(slot + Rows.YEAR_HIFP, hifp);
            if (dedc == 0 && hifp == 0) {
                buffer.putLong(slot, 0);
            }
        }
        persons.endWrite(row);
    }

    private static int slot(final long year) {
        return Rows.PERSON_YEARS + (int) (year & 1) * Rows.YEAR_LENGTH;
    }
}
