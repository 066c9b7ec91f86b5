package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The open stay of each person, of which there is one at most at all institutions together, and how many stays began in
 * each of two years. A year's count is of admissions that were not cancelled; it outlives the stays, whose rows expire.
 *
 * <pre>
 * row:  psn_no 30 | 0 0 | visit row + 1, i32 | two years u16, even first | their counts u16
 * </pre>
 *
 * <p>Owned by the engine's thread. After {@link #reserve} said yes nothing here throws. A row without an open stay and
 * without admissions is removed.
 */
final class Stays {
    final FlatTable table;

    Stays(final FlatTable table) {
        this.table = table;
    }

    /** The visit row of the person's open stay, or -1. */
    int openStay(final DirectBuffer psnNo, final int offset) {
        final int row = table.find(psnNo, offset);
        return row < 0 ? -1 : table.getInt(row, Rows.STAYS_OPEN) - 1;
    }

    /** Room for what {@link #admit} or {@link #reopen} writes. */
    boolean reserve(final DirectBuffer psnNo, final int offset) {
        return table.find(psnNo, offset) >= 0 || table.reserve(1);
    }

    /**
     * Opens a stay that began in this year. @return its number in the year: one more than the admissions that stand.
     */
    int admit(final DirectBuffer psnNo, final int offset, final int year, final int visitRow) {
        final int row = beginWrite(psnNo, offset);
        table.putInt(row, Rows.STAYS_OPEN, visitRow + 1);
        final int number = count(row, year) + 1;
        putCount(row, year, number);
        table.endWrite(row);
        return number;
    }

    /** Ends the person's open stay. */
    void discharge(final DirectBuffer psnNo, final int offset) {
        final int row = table.find(psnNo, offset);
        table.beginWrite(row);
        table.putInt(row, Rows.STAYS_OPEN, 0);
        table.endWrite(row);
    }

    /** Opens a discharged stay again. */
    void reopen(final DirectBuffer psnNo, final int offset, final int visitRow) {
        final int row = beginWrite(psnNo, offset);
        table.putInt(row, Rows.STAYS_OPEN, visitRow + 1);
        table.endWrite(row);
    }

    /** Takes back the admission of the person's open stay, which began in this year. */
    void cancel(final DirectBuffer psnNo, final int offset, final int year) {
        final int row = table.find(psnNo, offset);
        table.beginWrite(row);
        table.putInt(row, Rows.STAYS_OPEN, 0);
        if (count(row, year) > 0) {
            putCount(row, year, count(row, year) - 1);
        }
        table.endWrite(row);
        if (table.getInt(row, Rows.STAYS_COUNTS) == 0) {
            table.remove(row);
        }
    }

    private int beginWrite(final DirectBuffer psnNo, final int offset) {
        final int row = table.find(psnNo, offset);
        if (row < 0) {
            return table.insert(psnNo, offset, Rows.STAYS_KEY);
        }
        table.beginWrite(row);
        return row;
    }

    private int count(final int row, final int year) {
        final UnsafeBuffer buffer = table.buffer(row);
        final int slot = table.offset(row) + (year & 1) * Short.BYTES;
        return (buffer.getShort(slot + Rows.STAYS_YEARS) & 0xFFFF) == year
                ? buffer.getShort(slot + Rows.STAYS_COUNTS) & 0xFFFF
                : 0;
    }

    private void putCount(final int row, final int year, final int count) {
        final UnsafeBuffer buffer = table.buffer(row);
        final int slot = table.offset(row) + (year & 1) * Short.BYTES;
        buffer.putShort(slot + Rows.STAYS_YEARS, (short) (count == 0 ? 0 : year));
        buffer.putShort(slot + Rows.STAYS_COUNTS, (short) count);
    }
}
