package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import org.agrona.DirectBuffer;
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
    private final int[] parts = new int[MOST_PARTS];

    PersonYears(final FlatTable rows, final FlatTable diseases) {
        this.rows = rows;
        this.diseases = diseases;
    }

    /** Room for what one settlement can add. */
    boolean reserve() {
        return rows.reserve(MOST_PARTS) && diseases.reserve(1);
    }

    /** Reads all slots but that of the disease, which becomes 0. */
    void load(final int person, final int year, final int insutype, final Accumulators into) {
        into.clear();
        newestDay = 0;
        newestRow = 0;
        final int first = findPart(0, person, year, insutype);
        if (first < 0) {
            return;
        }
        newestDay = rows.getShort(first, NEWEST_DAY);
        newestRow = rows.getInt(first, NEWEST_ROW);
        int part = 0;
        int row = first;
        int at = 0;
        for (int mask = rows.getInt(first, MASK); mask != 0; mask &= mask - 1) {
            if (at == AMOUNT_COUNT) {
                part++;
                row = findPart(part, person, year, insutype);
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
        for (int part = 0; part < MOST_PARTS; part++) {
            int row = findPart(part, person, year, insutype);
            if (part < needed) {
                if (row < 0) {
                    row = rows.insert(key, 0, KEY);
                } else {
                    rows.beginWrite(row);
                }
                parts[part] = row;
            } else if (row < 0) {
                return;
            } else {
                rows.remove(row);
            }
        }
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
        final UnsafeBuffer buffer = rows.buffer(row);
        final int field = rows.offset(row) + AMOUNTS + at * AMOUNT_LENGTH;
        return (buffer.getInt(field) & 0xFFFF_FFFFL) | (buffer.getByte(field + Integer.BYTES) & 0xFFL) << Integer.SIZE;
    }

    private void putAmount(final int row, final int at, final long amountFen) {
        final UnsafeBuffer buffer = rows.buffer(row);
        final int field = rows.offset(row) + AMOUNTS + at * AMOUNT_LENGTH;
        buffer.putInt(field, (int) amountFen);
        buffer.putByte(field + Integer.BYTES, (byte) (amountFen >>> Integer.SIZE));
    }
}
