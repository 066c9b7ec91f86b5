package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The statements that institutions upload: of each its pieces, rows, and sums; the rows themselves stay in the journal. By the business
 * day of the first piece, for the horizon.
 *
 * <pre>
 * key:   institution's row i32 | file_qury_no 30
 * row:   key 34, zeros 2 | pieces i32 | rows i32, zeros 4 | medfee i64 | fund i64 | acct i64 |
 *        records i64: of the first piece, of the last, of the 3202 or 0
 * </pre>
 *
 * <p>A row whose number is zeros, which no upload has, counts under pieces how many the institution began on the day.
 *
 * <p>Owned by the engine's thread; allocates nothing once a day's table has grown. After {@link #reserve} said yes, nothing here throws.
 */
final class Uploads {
    static final int NUMBER_LENGTH = 30;
    static final int KEY = Integer.BYTES + NUMBER_LENGTH;
    static final int LENGTH = 96;

    private static final int PIECES = 36;
    private static final int ROWS = 40;
    private static final int MEDFEE = 48;
    private static final int FUND_SUM = 56;
    private static final int ACCT = 64;
    private static final int FIRST = 72;
    private static final int LAST = 80;
    private static final int DETAILS = 88;

    private final DayTables days;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY]);
    private final UnsafeBuffer countKey = new UnsafeBuffer(new byte[KEY]);
    /** Where {@link #find} found; null where it did not. */
    private FlatTable day;

    private int row;

    Uploads(final DayTables days) {
        this.days = days;
    }

    /** Whether an upload of this number, thirty characters, stands at the institution; the methods below then speak of it. */
    boolean find(final int institutionRow, final DirectBuffer numbers, final int number) {
        key.putInt(0, institutionRow);
        key.putBytes(Integer.BYTES, numbers, number, NUMBER_LENGTH);
        day = null;
        for (final FlatTable table : days.tables()) {
            final int found = table.count() == 0 ? -1 : table.find(key, 0);
            if (found >= 0) {
                day = table;
                row = found;
            }
        }
        return day != null;
    }

    /** How many uploads the institution began on the day. */
    int begun(final int institutionRow, final long timeMs) {
        final FlatTable table = days.table(timeMs);
        countKey.putInt(0, institutionRow);
        final int counter = table.count() == 0 ? -1 : table.find(countKey, 0);
        return counter < 0 ? 0 : table.getInt(counter, PIECES);
    }

    /** Room for a further piece of what was looked for last, and for the day's counter. */
    boolean reserve(final long timeMs) {
        return day != null || days.table(timeMs).reserve(2);
    }

    private void countBegun() {
        countKey.putInt(0, key.getInt(0));
        final int present = day.count() == 0 ? -1 : day.find(countKey, 0);
        final int counter = present < 0 ? day.insert(countKey, 0, KEY) : present;
        if (present >= 0) {
            day.beginWrite(counter);
        }
        day.putInt(counter, PIECES, day.getInt(counter, PIECES) + 1);
        day.endWrite(counter);
    }

    /** Adds a piece, which is the first one where none was found. */
    void add(
            final long timeMs,
            final long sequence,
            final int rows,
            final long medfeeFen,
            final long fundSumFen,
            final long acctFen) {
        if (day == null) {
            day = days.table(timeMs);
            countBegun();
            row = day.insert(key, 0, KEY);
            day.putLong(row, FIRST, sequence);
        } else {
            day.beginWrite(row);
        }
        day.putInt(row, PIECES, pieces() + 1);
        day.putInt(row, ROWS, rows() + rows);
        day.putLong(row, MEDFEE, medfeeFen() + medfeeFen);
        day.putLong(row, FUND_SUM, fundSumFen() + fundSumFen);
        day.putLong(row, ACCT, acctFen() + acctFen);
        day.putLong(row, LAST, sequence);
        day.endWrite(row);
    }

    /** Ends it: this is the record of its 3202. */
    void end(final long sequence) {
        day.beginWrite(row);
        day.putLong(row, DETAILS, sequence);
        day.endWrite(row);
    }

    int pieces() {
        return day == null ? 0 : day.getInt(row, PIECES);
    }

    int rows() {
        return day == null ? 0 : day.getInt(row, ROWS);
    }

    long medfeeFen() {
        return day.getLong(row, MEDFEE);
    }

    long fundSumFen() {
        return day.getLong(row, FUND_SUM);
    }

    long acctFen() {
        return day.getLong(row, ACCT);
    }

    long firstSequence() {
        return day.getLong(row, FIRST);
    }

    /** 0 before the first piece. */
    long lastSequence() {
        return day == null ? 0 : day.getLong(row, LAST);
    }

    /** Of the 3202; 0 before it. */
    long detailsSequence() {
        return day == null ? 0 : day.getLong(row, DETAILS);
    }

    void dropBefore(final long timeMs) {
        days.dropBefore(timeMs);
    }

    DayTables days() {
        return days;
    }
}
