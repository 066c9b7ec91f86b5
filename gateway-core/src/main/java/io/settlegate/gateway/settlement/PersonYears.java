package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What each person has used of an insurance in a year: the slots of {@link Accumulators} that are not 0, in as many rows as they
 * need, mostly one. What is 0 has no row, so that settling and cancelling leaves nothing behind. What was paid for a disease stands in
 * rows of its own.
 *
 * <pre>
 * row:      number from 1 u8 | person's row i32 | year u16 | insutype u16 | of part 1: which slots are not 0, i32 |
 *           5 amounts of 40 bits | of part 1: the newest settlement that changed them, day u16 and row i32, not hashed
 * disease:  1 u8 | person's row i32 | year u16 | insutype u16 | dise_codg 30 | amount i64
 * </pre>
 *
 * <p>Amounts are fen, from 0 to 2^40 - 1, which is more than {@code Money.MAX_ACCUMULATED_FEN} and a bill. Owned by the engine's
 * thread; allocates nothing. After {@link #reserve} said yes, nothing here throws.
 */
final class PersonYears {
    static final int KEY = 9;
    static final int LENGTH = 44;
    static final int HASHED_LENGTH = 38;
    static final int DISEASE_KEY = 39;
    static final int DISEASE_LENGTH = 48;
    static final int DISEASE_CODE_LENGTH = 30;
    /** The most rows that one person, year, and insurance can have. */
    static final int MOST_PARTS = 5;

    private static final int PERSON = 1;
    private static final int YEAR = 5;
    private static final int INSUTYPE = 7;
    private static final int MASK = 9;
    private static final int NEWEST_DAY = 38;
    private static final int NEWEST_ROW = 40;
    private static final int AMOUNTS = 13;
    private static final int AMOUNT_COUNT = 5;
    private static final int AMOUNT_LENGTH = 5;
    private static final int DISEASE_CODE = 9;
    private static final int DISEASE_AMOUNT = 40;

    final FlatTable rows;
    final FlatTable diseases;

    /** Of the person, year, and insurance that {@link #load} read: where the newest settlement stands; day 0 is none. */
    int newestDay;

    int newestRow;

    private final UnsafeBuffer key = new UnsafeBuffer(new byte[DISEASE_KEY]);
    /** The rows of the person, year, and insurance below, as long as {@link #loadedCount} is not below 0. */
    private final int[] parts = new int[MOST_PARTS];

    private int loadedPerson;
    private int loadedYear;
    private int loadedInsutype;
    private int loadedCount = -1;
    private int probableRow = -1;
    private long expectedHash;

    PersonYears(final FlatTable rows, final FlatTable diseases) {
        this.rows = rows;
        this.diseases = diseases;
    }

    /** Room for what one settlement can add. */
    boolean reserve() {
        return rows.reserve(MOST_PARTS) && diseases.reserve(1);
    }

    /** Room for what so many settlements that are computed again may pay under a disease for the first time. */
    boolean reserveDiseases(final int count) {
        return diseases.reserve(count);
    }

    /** Says what {@link #load} will be asked for, so that the index's memory is on its way. Changes nothing. */
    int expect(final int person, final int year, final int insutype) {
        expectedHash = hashOf(person, year, insutype);
        return rows.touchIndex(expectedHash);
    }

    /** Where the first row of a person, year, and insurance is searched for. */
    long hashOf(final int person, final int year, final int insutype) {
        return rows.hashOf(firstWord(person, year, insutype), insutype >>> Byte.SIZE & 0xFF);
    }

    /** The key of the first row, but for the last byte. */
    private static long firstWord(final int person, final int year, final int insutype) {
        return 1L
                | Integer.toUnsignedLong(person) << (PERSON * Byte.SIZE)
                | (year & 0xFFFFL) << (YEAR * Byte.SIZE)
                | (long) insutype << (INSUTYPE * Byte.SIZE);
    }

    /** After {@link #expect}, some time later: the row's memory. */
    long expectRow() {
        probableRow = rows.probable(expectedHash);
        return probableRow < 0 ? 0 : rows.touch(probableRow);
    }

    /** Reads all slots but that of the disease, which becomes 0. */
    void load(final int person, final int year, final int insutype, final Accumulators into) {
        into.clear();
        newestDay = 0;
        newestRow = 0;
        loadedPerson = person;
        loadedYear = year;
        loadedInsutype = insutype;
        loadedCount = 0;
        final int first =
                isFirst(probableRow, person, year, insutype) ? probableRow : findPart(0, person, year, insutype);
        if (first < 0) {
            return;
        }
        parts[0] = first;
        loadedCount = 1;
        newestDay = rows.getShort(first, NEWEST_DAY);
        newestRow = rows.getInt(first, NEWEST_ROW);
        int row = first;
        int at = 0;
        for (int mask = rows.getInt(first, MASK); mask != 0; mask &= mask - 1) {
            if (at == AMOUNT_COUNT) {
                row = findPart(loadedCount, person, year, insutype);
                parts[loadedCount] = row;
                loadedCount++;
                at = 0;
            }
            into.slots[Integer.numberOfTrailingZeros(mask)] = amount(row, at);
            at++;
        }
    }

    /** Writes all slots but that of the disease. */
    void store(
            final int person,
            final int year,
            final int insutype,
            final Accumulators values,
            final int settlementDay,
            final int settlementRow) {
        int mask = 0;
        for (int slot = 0; slot < Accumulators.DISEASE_PAID; slot++) {
            mask |= values.slots[slot] == 0 ? 0 : 1 << slot;
        }
        final int needed = partsOf(Integer.bitCount(mask));
        open(needed, person, year, insutype);
        if (needed == 0) {
            return;
        }
        rows.putInt(parts[0], MASK, mask);
        rows.putShort(parts[0], NEWEST_DAY, settlementDay);
        rows.putInt(parts[0], NEWEST_ROW, settlementRow);
        int part = 0;
        int at = 0;
        for (int rest = mask; rest != 0; rest &= rest - 1) {
            if (at == AMOUNT_COUNT) {
                part++;
                at = 0;
            }
            putAmount(parts[part], at, values.slots[Integer.numberOfTrailingZeros(rest)]);
            at++;
        }
        for (; at < AMOUNT_COUNT; at++) {
            putAmount(parts[part], at, 0);
        }
        for (int i = 0; i < needed; i++) {
            rows.endWrite(parts[i]);
        }
    }

    /** Takes the rows of these parts out of the hash, makes those that are missing, and drops those that are too many. */
    private void open(final int needed, final int person, final int year, final int insutype) {
        final int there = findParts(person, year, insutype);
        loadedCount = -1;
        for (int part = 0; part < Math.min(there, needed); part++) {
            rows.beginWrite(parts[part]);
        }
        for (int part = there; part < needed; part++) {
            putKey(part, person, year, insutype);
            parts[part] = rows.insert(key, 0, KEY);
        }
        for (int part = needed; part < there; part++) {
            rows.remove(parts[part]);
        }
    }

    private boolean isFirst(final int row, final int person, final int year, final int insutype) {
        return row >= 0
                && row < rows.end()
                && rows.getLong(row, 0) == firstWord(person, year, insutype)
                && rows.getByte(row, Long.BYTES) == (byte) (insutype >>> Byte.SIZE);
    }

    /** How many rows there are; mostly {@link #load} has just found them. */
    private int findParts(final int person, final int year, final int insutype) {
        if (loadedCount >= 0 && person == loadedPerson && year == loadedYear && insutype == loadedInsutype) {
            return loadedCount;
        }
        int count = 0;
        for (int row = findPart(0, person, year, insutype); row >= 0; row = findPart(count, person, year, insutype)) {
            parts[count] = row;
            count++;
            if (count == MOST_PARTS) {
                break;
            }
        }
        return count;
    }

    /** The row of what was paid for this disease, or -1; the code is padded with zero bytes. */
    int findDisease(
            final int person, final int year, final int insutype, final DirectBuffer code, final int codeOffset) {
        putKey(0, person, year, insutype);
        key.putBytes(DISEASE_CODE, code, codeOffset, DISEASE_CODE_LENGTH);
        return diseases.find(key, 0);
    }

    long diseasePaidFen(final int row) {
        return diseases.getLong(row, DISEASE_AMOUNT);
    }

    /** Adds to what was paid for a disease. @return its row; -1 if nothing is left in it. */
    int addDisease(
            final int person,
            final int year,
            final int insutype,
            final DirectBuffer code,
            final int codeOffset,
            final long addedFen) {
        final int found = findDisease(person, year, insutype, code, codeOffset);
        if (found >= 0) {
            return addDisease(found, addedFen);
        }
        final int row = diseases.insert(key, 0, DISEASE_KEY);
        diseases.putLong(row, DISEASE_AMOUNT, addedFen);
        diseases.endWrite(row);
        return row;
    }

    /** The same for a row that is known. */
    int addDisease(final int row, final long addedFen) {
        final long sumFen = diseases.getLong(row, DISEASE_AMOUNT) + addedFen;
        if (sumFen == 0) {
            diseases.remove(row);
            return -1;
        }
        diseases.beginWrite(row);
        diseases.putLong(row, DISEASE_AMOUNT, sumFen);
        diseases.endWrite(row);
        return row;
    }

    /** Whether this row is the first of a year and insurance of the person: each has one. */
    boolean isFirstOf(final int row, final int person) {
        return rows.getByte(row, 0) == 1 && rows.getInt(row, PERSON) == person;
    }

    int yearOf(final int row) {
        return rows.getShort(row, YEAR);
    }

    int insutypeOf(final int row) {
        return rows.getShort(row, INSUTYPE);
    }

    /** Whether this row of {@link #diseases} is the person's. */
    boolean isDiseaseOf(final int row, final int person) {
        return diseases.getByte(row, 0) == 1 && diseases.getInt(row, PERSON) == person;
    }

    int diseaseYear(final int row) {
        return diseases.getShort(row, YEAR);
    }

    int diseaseInsutype(final int row) {
        return diseases.getShort(row, INSUTYPE);
    }

    /** Copies the code of the disease of this row, {@link #DISEASE_CODE_LENGTH} bytes. */
    void copyDiseaseCode(final int row, final MutableDirectBuffer target, final int offset) {
        target.putBytes(offset, diseases.buffer(row), diseases.offset(row) + DISEASE_CODE, DISEASE_CODE_LENGTH);
    }

    String diseaseCode(final int row) {
        return Fields.text(diseases.buffer(row), diseases.offset(row) + DISEASE_CODE, DISEASE_CODE_LENGTH);
    }

    private int findPart(final int part, final int person, final int year, final int insutype) {
        putKey(part, person, year, insutype);
        return rows.find(key, 0);
    }

    private void putKey(final int part, final int person, final int year, final int insutype) {
        key.putByte(0, (byte) (part + 1));
        key.putInt(PERSON, person);
        key.putShort(YEAR, (short) year);
        key.putShort(INSUTYPE, (short) insutype);
    }

    private static int partsOf(final int amounts) {
        return (amounts + AMOUNT_COUNT - 1) / AMOUNT_COUNT;
    }

    private long amount(final int row, final int at) {
        final int field = AMOUNTS + at * AMOUNT_LENGTH;
        return (rows.getInt(row, field) & 0xFFFF_FFFFL)
                | (rows.getByte(row, field + Integer.BYTES) & 0xFFL) << Integer.SIZE;
    }

    private void putAmount(final int row, final int at, final long amountFen) {
        final int field = AMOUNTS + at * AMOUNT_LENGTH;
        rows.putInt(row, field, (int) amountFen);
        rows.putByte(row, field + Integer.BYTES, (byte) (amountFen >>> Integer.SIZE));
    }
}
