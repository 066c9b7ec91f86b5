package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds the policy row that covers a visit: of all versions in force at its time the one with the highest number. */
final class PolicyLookup {
    static final int LEVEL_1 = 0;
    static final int LEVEL_2 = 1;
    static final int LEVEL_3 = 2;
    static final int UNGRADED = 3;

    private final FlatTable policies;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.POLICY_KEY]);

    PolicyLookup(final FlatTable policies) {
        this.policies = policies;
    }

    /** The row, or -1. The first two characters of psn_type are the group. */
    int find(
            final DirectBuffer pool,
            final int poolOffset,
            final DirectBuffer person,
            final int personOffset,
            final DirectBuffer medType,
            final int medTypeOffset,
            final long businessTimeMs) {
        key.putBytes(0, pool, poolOffset, Rows.POLICY_INSUTYPE);
        Fields.copyPadded(
                person, personOffset + Rows.PERSON_INSUTYPE, Rows.INSUTYPE_LENGTH, key, Rows.POLICY_INSUTYPE, 6);
        key.putBytes(Rows.POLICY_GROUP, person, personOffset + Rows.PERSON_PSN_TYPE, 2);
        key.putBytes(Rows.POLICY_MED_TYPE, medType, medTypeOffset, 6);
        int found = -1;
        for (int ordinal = 0; ; ordinal++) {
            key.putShort(Rows.POLICY_ORDINAL, (short) ordinal);
            final int row = policies.find(key, 0);
            if (row < 0) {
                return found;
            }
            if (businessTimeMs >= policies.getLong(row, Rows.POLICY_FROM)
                    && businessTimeMs < policies.getLong(row, Rows.POLICY_TO)
                    && (found < 0
                            || policies.getInt(row, Rows.POLICY_VERSION)
                                    > policies.getInt(found, Rows.POLICY_VERSION))) {
                found = row;
            }
        }
    }

    int ratioE4(final int row, final int level) {
        return policies.buffer(row).getShort(policies.offset(row) + Rows.POLICY_RATIOS + level * Short.BYTES) & 0xFFFF;
    }

    /**
     * The level of hosp_lv 01 to 11: 01 to 04 are level 3, 05 to 07 level 2, 08 to 10 level 1, 11 ungraded (pharmacies).
     * Sources name 01 and 11; the others are general knowledge of the trade.
     */
    static int level(final DirectBuffer buffer, final int hospLvOffset) {
        final int number = Fields.isDigits(buffer, hospLvOffset, 2) ? Fields.number(buffer, hospLvOffset, 2) : 11;
        if (number >= 1 && number <= 4) {
            return LEVEL_3;
        }
        if (number >= 5 && number <= 7) {
            return LEVEL_2;
        }
        return number >= 8 && number <= 10 ? LEVEL_1 : UNGRADED;
    }
}
