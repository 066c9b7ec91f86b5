package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.settlement.codec.EntitlementChunkDecoder.RowsDecoder;
import io.settlegate.gateway.settlement.codec.EntitlementKind;
import java.nio.ByteOrder;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Between the entitlement of an import, which names a person by number, and the row of the table, which names the person's row:
 * millions of rows are held.
 *
 * <pre>
 * import:  psn_no 30 | kind 1 | code 30 | first day 4 | first day after 4
 * row:     kind 1 | person 4 | code 30 | first day 4 | first day after 4 | 1 | next 4
 * </pre>
 *
 * <p>Owned by the engine's thread; allocates nothing after its making.
 */
final class EntitlementRows {
    /** Leading bytes of an imported row that may not occur twice. */
    static final int WIRE_KEY = RowsDecoder.endDayEncodingOffset();

    private static final int KIND = RowsDecoder.kindEncodingOffset();
    private static final int CODE = RowsDecoder.entitlementCodeEncodingOffset();
    private static final int BEGN_DAY = RowsDecoder.begnDayEncodingOffset();
    private static final int END_DAY = RowsDecoder.endDayEncodingOffset();
    private static final int ADMDVS_LENGTH = 6;
    private static final int DATE_LENGTH = 8;
    private static final int YEAR = 10_000;
    private static final AidCategory[] CATEGORIES = AidCategory.values();
    private static final String[] CATEGORY_WORDS = words();

    private final FlatTable persons;
    private final FlatTable entitlements;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.ENTITLEMENT_KEY]);

    EntitlementRows(final EngineState state) {
        persons = state.persons;
        entitlements = state.entitlements;
    }

    private static String[] words() {
        final String[] words = new String[CATEGORIES.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = CATEGORIES[i].name().toLowerCase(Locale.ROOT);
        }
        return words;
    }

    /** Whether the imported row has a kind, a code as the kind wants it, and days in order. */
    static boolean isValid(final DirectBuffer source, final int row) {
        final int begn = source.getInt(row + BEGN_DAY, ByteOrder.LITTLE_ENDIAN);
        return Fields.isCode(source, row, Rows.PERSON_KEY)
                && begn >= 0
                && source.getInt(row + END_DAY, ByteOrder.LITTLE_ENDIAN) >= begn
                && isCode(source.getByte(row + KIND), source, row + CODE);
    }

    private static boolean isCode(final byte kind, final DirectBuffer source, final int code) {
        if (kind < EntitlementKind.AID.value() || kind > EntitlementKind.BIRTH.value()) {
            return false;
        }
        final int length = Rows.ENTITLEMENT_CODE_LENGTH;
        return switch (EntitlementKind.get(kind)) {
            case AID -> aidCategory(source, code) != AidCategory.NONE;
            case CHRONIC -> Fields.isCode(source, code, length);
            case FILED, TRANSFER ->
                Fields.isDigits(source, code, ADMDVS_LENGTH)
                        && Fields.isZero(source, code + ADMDVS_LENGTH, length - ADMDVS_LENGTH);
            case BIRTH ->
                dateNumber(source, code) > 0 && Fields.isZero(source, code + DATE_LENGTH, length - DATE_LENGTH);
            default -> Fields.isZero(source, code, length);
        };
    }

    /** The category that this code names; NONE if it names none. */
    static AidCategory aidCategory(final DirectBuffer source, final int code) {
        for (int i = 1; i < CATEGORIES.length; i++) {
            if (Fields.holds(source, code, Rows.ENTITLEMENT_CODE_LENGTH, CATEGORY_WORDS[i])) {
                return CATEGORIES[i];
            }
        }
        return AidCategory.NONE;
    }

    /** The number yyyyMMdd that stands there, or 0 where no date does. */
    static int dateNumber(final DirectBuffer source, final int offset) {
        if (!Fields.isDigits(source, offset, DATE_LENGTH)) {
            return 0;
        }
        final int date = Fields.number(source, offset, DATE_LENGTH);
        final int month = date / 100 % 100;
        final int day = date % 100;
        return date >= YEAR && month >= 1 && month <= 12 && day >= 1 && day <= 31 ? date : 0;
    }

    /** The table's row of an imported one, or -1. */
    int find(final DirectBuffer source, final int row) {
        final int person = persons.find(source, row);
        if (person < 0) {
            return -1;
        }
        key.putByte(Rows.ENTITLEMENT_KIND, source.getByte(row + KIND));
        key.putInt(Rows.ENTITLEMENT_PERSON, person);
        key.putBytes(Rows.ENTITLEMENT_CODE, source, row + CODE, Rows.ENTITLEMENT_KEY - Rows.ENTITLEMENT_CODE);
        return entitlements.find(key, 0);
    }

    /** How many rows the person has. */
    int count(final int person) {
        int count = 0;
        for (int row = first(persons, person); row >= 0; row = next(entitlements, row)) {
            count++;
        }
        return count;
    }

    /** Takes an imported row into the table: a new one becomes the person's first. Cannot fail after the import's check. */
    void merge(final DirectBuffer source, final int row) {
        int target = find(source, row);
        if (target >= 0) {
            entitlements.beginWrite(target);
        } else {
            // The search has left the row's key.
            target = entitlements.insert(key, 0, Rows.ENTITLEMENT_KEY);
            final int person = key.getInt(Rows.ENTITLEMENT_PERSON);
            persons.beginWrite(person);
            entitlements.putInt(target, Rows.ENTITLEMENT_NEXT, persons.getInt(person, Rows.PERSON_ENTITLEMENTS));
            persons.putInt(person, Rows.PERSON_ENTITLEMENTS, target + 1);
            final int kinds = persons.offset(person) + Rows.PERSON_ENTITLEMENT_KINDS;
            final UnsafeBuffer buffer = persons.buffer(person);
            buffer.putShort(kinds, (short) (buffer.getShort(kinds) | bitOf(key.getByte(Rows.ENTITLEMENT_KIND))));
            persons.endWrite(person);
        }
        entitlements.putBytes(target, Rows.ENTITLEMENT_END_DAY, source, row + END_DAY, Integer.BYTES);
        entitlements.endWrite(target);
    }

    /** The bit of a kind in the person's row. */
    static int bitOf(final int kind) {
        return 1 << (kind - 1);
    }

    /** The person's newest row, or -1. */
    static int first(final FlatTable persons, final int person) {
        return persons.getInt(person, Rows.PERSON_ENTITLEMENTS) - 1;
    }

    /** The person's next row, or -1. */
    static int next(final FlatTable entitlements, final int row) {
        return entitlements.getInt(row, Rows.ENTITLEMENT_NEXT) - 1;
    }
}
