package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Shares;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The settlements of each business day within the horizon, by the sequence of their records, with what undoing them needs. A setl_id
 * tells day and sequence.
 *
 * <pre>
 * row:   1 u8 | sequence i64 | person's row i32 | region's row u16 | insutype u16 | year u16 | policy version u16 |
 *        days from the msgid's day to this i8 | row of the msgid i32 |
 *        institution's row i32 | the settlement before of the same person, year, and
 *        insurance: day u16, row i32 | slots read i32, with pool and undone above them | values that stand: 48 bits | 8 values i32
 * more:  number from 2 u8 | sequence i64 | 8 values i32
 * </pre>
 *
 * <p>A value that is 0 takes no room, and {@link SettlementValues} are such that most are. Owned by the engine's thread; allocates
 * nothing. After {@link #reserve} said yes, nothing here throws.
 */
final class SettlementDays {
    static final int KEY = 9;
    static final int LENGTH = 78;
    static final int MORE_LENGTH = 41;
    /** The most rows beside the first one that a settlement can have. */
    static final int MOST_MORE = (SettlementValues.COUNT - 1) / 8;

    private static final int SEQUENCE = 1;
    private static final int PERSON = 9;
    private static final int REGION = 13;
    private static final int INSUTYPE = 15;
    private static final int YEAR = 17;
    private static final int POLICY_VERSION = 19;
    private static final int MSGID_DAYS = 21;
    private static final int MSGID_ROW = 22;
    private static final int INSTITUTION = 26;
    private static final int EARLIER_DAY = 30;
    private static final int EARLIER_ROW = 32;
    private static final int READ_SLOTS = 36;
    private static final int MASK_LOW = 40;
    private static final int MASK_HIGH = 44;
    private static final int VALUES = 46;
    private static final int VALUE_COUNT = 8;
    private static final int SLOTS_MASK = (1 << 25) - 1;
    private static final int POOL_SHIFT = 28;
    private static final int UNDONE = 1 << 31;

    /** Where {@link #find} found, or {@link #put} wrote. */
    FlatTable day;

    int row;

    private final DayTables rows;
    private final DayTables more;
    private final SettlementValues values = new SettlementValues();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY]);

    SettlementDays(final DayTables rows, final DayTables more) {
        this.rows = rows;
        this.more = more;
    }

    void dropBefore(final long timeMs) {
        rows.dropBefore(timeMs);
        more.dropBefore(timeMs);
    }

    /** Room for one settlement at this time. */
    boolean reserve(final long timeMs) {
        return rows.table(timeMs).reserve(1) && more.table(timeMs).reserve(MOST_MORE);
    }

    /** Whether there is a settlement of this business day and sequence; then {@link #day} and {@link #row} tell where. */
    boolean find(final int businessDay, final long sequence) {
        day = rows.find(businessDay);
        if (day == null) {
            return false;
        }
        putKey(0, sequence);
        row = day.find(key, 0);
        return row >= 0;
    }

    /** Whether the day still stands; then {@link #day} and {@link #row} are there. */
    boolean at(final int businessDay, final int dayRow) {
        day = businessDay == 0 ? null : rows.find(businessDay);
        row = dayRow;
        return day != null;
    }

    /** Keeps a settlement of now, of the msgid whose row was bound. A row of a visit or disease below 0 is none. */
    void put(
            final Request request,
            final int msgidDay,
            final int personRow,
            final Shares shares,
            final int insutype,
            final int year,
            final int visitRow,
            final int diseaseRow) {
        final int today = BusinessTime.dayOf(request.timeMs);
        day = rows.table(request.timeMs);
        row = day.append(request.sequence);
        day.putInt(row, PERSON, personRow);
        day.putInt(row, INSTITUTION, request.institutionRow);
        day.putShort(row, REGION, request.regionRow);
        day.putShort(row, INSUTYPE, insutype);
        day.putShort(row, YEAR, year);
        day.putShort(row, POLICY_VERSION, shares.policyVersion);
        day.putByte(row, MSGID_DAYS, (byte) (today - msgidDay));
        day.putInt(row, MSGID_ROW, request.msgidRow);
        values.take(shares, visitRow, diseaseRow);
        day.putInt(row, READ_SLOTS, shares.readSlots | values.pool << POOL_SHIFT);
        putValues(request.sequence, more.table(request.timeMs));
        day.endWrite(row);
    }

    /** Room for writing the values of so many settlements of these days again. */
    boolean reserveAgain(final int[] businessDays, final int count) {
        boolean fits = true;
        for (int i = 0; fits && i < count; i++) {
            fits = more.find(businessDays[i]) == null
                    || more.find(businessDays[i]).reserve(MOST_MORE * count);
        }
        return fits;
    }

    /** Writes what a settlement, found before, adds to the accumulators since an earlier one was cancelled. */
    void putAgain(final Shares shares, final int visitRow, final int diseaseRow) {
        final FlatTable moreRows = more.find(rows.dayOf(day));
        final long sequence = sequence();
        for (int part = 1; part <= MOST_MORE; part++) {
            putKey(part, sequence);
            final int old = moreRows.find(key, 0);
            if (old >= 0) {
                moreRows.remove(old);
            }
        }
        day.beginWrite(row);
        day.buffer(row).setMemory(day.offset(row) + VALUES, VALUE_COUNT * Integer.BYTES, (byte) 0);
        values.take(shares, visitRow, diseaseRow);
        final int undone = day.getInt(row, READ_SLOTS) & UNDONE;
        day.putInt(row, READ_SLOTS, shares.readSlots | values.pool << POOL_SHIFT | undone);
        putValues(sequence, moreRows);
        day.endWrite(row);
    }

    private void putValues(final long sequence, final FlatTable moreRows) {
        final long mask = values.mask();
        int count = 0;
        FlatTable table = day;
        int target = row;
        int field = VALUES;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            if (count > 0 && count % VALUE_COUNT == 0) {
                endMore(table, target);
                putKey(count / VALUE_COUNT, sequence);
                table = moreRows;
                target = moreRows.insert(key, 0, KEY);
                field = KEY;
            }
            table.putInt(target, field, (int) values.values[i]);
            field += Integer.BYTES;
            count++;
        }
        endMore(table, target);
        day.putInt(row, MASK_LOW, (int) mask);
        day.putShort(row, MASK_HIGH, (int) (mask >>> Integer.SIZE));
    }

    /** The first row is ended by {@link #put}, which still writes to it. */
    private void endMore(final FlatTable table, final int target) {
        if (table != day) {
            table.endWrite(target);
        }
    }

    /** What the settlement at {@link #day} and {@link #row} gave. */
    void read(final Shares into) {
        final UnsafeBuffer buffer = day.buffer(row);
        final int at = day.offset(row);
        final long mask = mask();
        final long sequence = sequence();
        final FlatTable moreRows = more.find(rows.dayOf(day));
        FlatTable table = day;
        int source = row;
        int field = VALUES;
        int count = 0;
        for (int i = 0; i < SettlementValues.COUNT; i++) {
            values.values[i] = 0;
            if ((mask >>> i & 1) == 0) {
                continue;
            }
            if (count > 0 && count % VALUE_COUNT == 0) {
                putKey(count / VALUE_COUNT, sequence);
                table = moreRows;
                source = moreRows.find(key, 0);
                field = KEY;
            }
            values.values[i] = table.getInt(source, field);
            field += Integer.BYTES;
            count++;
        }
        final int read = buffer.getInt(at + READ_SLOTS);
        values.pool = read >>> POOL_SHIFT & 3;
        values.give(into);
        into.policyVersion = buffer.getShort(at + POLICY_VERSION) & 0xFFFF;
        into.readSlots = read & SLOTS_MASK;
    }

    /** Row of the visit whose lines the settlement settled that {@link #read} gave, or -1. */
    int visitRow() {
        return values.visitRow();
    }

    /** Row of what was paid for the disease of the settlement that {@link #read} gave, or -1. */
    int diseaseRow() {
        return values.diseaseRow();
    }

    long sequence() {
        return day.getLong(row, SEQUENCE);
    }

    int businessDay() {
        return rows.dayOf(day);
    }

    int personRow() {
        return day.getInt(row, PERSON);
    }

    int institutionRow() {
        return day.getInt(row, INSTITUTION);
    }

    int regionRow() {
        return day.getShort(row, REGION);
    }

    int insutype() {
        return day.getShort(row, INSUTYPE);
    }

    int year() {
        return day.getShort(row, YEAR);
    }

    int policyVersion() {
        return day.getShort(row, POLICY_VERSION);
    }

    /** Business day of the msgid's table. */
    int msgidDay() {
        return businessDay() - day.getByte(row, MSGID_DAYS);
    }

    int msgidRow() {
        return day.getInt(row, MSGID_ROW);
    }

    boolean isUndone() {
        return day.getInt(row, READ_SLOTS) < 0;
    }

    int readSlots() {
        return day.getInt(row, READ_SLOTS) & SLOTS_MASK;
    }

    int earlierDay() {
        return day.getShort(row, EARLIER_DAY);
    }

    int earlierRow() {
        return day.getInt(row, EARLIER_ROW);
    }

    /** Names the settlement before this one of the same person, year, and insurance; day 0 is none. */
    void putEarlier(final int earlierDay, final int earlierRow) {
        day.beginWrite(row);
        day.putShort(row, EARLIER_DAY, earlierDay);
        day.putInt(row, EARLIER_ROW, earlierRow);
        day.endWrite(row);
    }

    void putUndone() {
        day.beginWrite(row);
        day.putInt(row, READ_SLOTS, day.getInt(row, READ_SLOTS) | UNDONE);
        day.endWrite(row);
    }

    void putStanding() {
        day.beginWrite(row);
        day.putInt(row, READ_SLOTS, day.getInt(row, READ_SLOTS) & ~UNDONE);
        day.endWrite(row);
    }

    FlatTable[] tables() {
        return rows.tables();
    }

    FlatTable[] moreTables() {
        return more.tables();
    }

    /** The first rows of the settlements, and the rows of their further values. */
    List<DayTables> days() {
        return List.of(rows, more);
    }

    private long mask() {
        return (day.getInt(row, MASK_LOW) & 0xFFFF_FFFFL) | (long) day.getShort(row, MASK_HIGH) << Integer.SIZE;
    }

    private void putKey(final int part, final long sequence) {
        key.putByte(0, (byte) (part + 1));
        key.putLong(SEQUENCE, sequence);
    }
}
