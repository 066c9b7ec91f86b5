package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import io.settlegate.gateway.settlement.codec.EntitlementKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a person is entitled to on a day. Days are business days since 1970; an entitlement holds from its first day to the day
 * before its end, and rows of one kind and code add up.
 *
 * <p>Owned by the engine's thread. Allocates nothing. A person who has no row of a kind costs a look at their own row, and one who
 * has some a walk over the at most {@link StagedEntitlements#MOST_OF_PERSON} rows of theirs.
 */
final class Entitlements {
    static final int AID = EntitlementKind.AID.value();
    static final int CVLSERV = EntitlementKind.CVLSERV.value();
    static final int SUPPLEMENT = EntitlementKind.SUPPLEMENT.value();
    static final int FAMILY_DOCTOR = EntitlementKind.FAMILY_DOCTOR.value();
    static final int CHRONIC = EntitlementKind.CHRONIC.value();
    static final int FILED = EntitlementKind.FILED.value();
    static final int TRANSFER = EntitlementKind.TRANSFER.value();
    static final int WAITING = EntitlementKind.WAITING.value();
    static final int BIRTH = EntitlementKind.BIRTH.value();

    /** No older person is computed with: a date of birth before that is taken for this age. */
    static final int MAX_AGE_YEARS = 150;

    private static final int ADMDVS_LENGTH = 6;
    private static final int IDENTITY_BIRTH = 6;
    private static final int IDENTITY_LENGTH = 18;
    private static final int YEAR = 10_000;

    private final FlatTable persons;
    private final FlatTable regions;
    private final FlatTable entitlements;

    Entitlements(final EngineState state) {
        persons = state.persons;
        regions = state.regions;
        entitlements = state.entitlements;
    }

    /** Whether the person has an entitlement of this kind, whatever its code. */
    boolean holds(final int personRow, final int kind, final long epochDay) {
        for (int row = first(personRow, kind); row >= 0; row = EntitlementRows.next(entitlements, row)) {
            if (isOn(row, kind, epochDay)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the person has an entitlement of this kind and code; the code's field is padded with zero bytes. */
    boolean holds(
            final int personRow,
            final int kind,
            final DirectBuffer code,
            final int offset,
            final int length,
            final long epochDay) {
        for (int row = first(personRow, kind); row >= 0; row = EntitlementRows.next(entitlements, row)) {
            if (isOn(row, kind, epochDay)
                    && Fields.equalPadded(
                            code,
                            offset,
                            length,
                            entitlements.buffer(row),
                            codeOf(row),
                            Rows.ENTITLEMENT_CODE_LENGTH)) {
                return true;
            }
        }
        return false;
    }

    /** The person's category, of several the one that stands first in {@link AidCategory}; NONE where there is none. */
    AidCategory aid(final int personRow, final long epochDay) {
        AidCategory found = AidCategory.NONE;
        for (int row = first(personRow, AID); row >= 0; row = EntitlementRows.next(entitlements, row)) {
            if (isOn(row, AID, epochDay)) {
                final AidCategory category = EntitlementRows.aidCategory(entitlements.buffer(row), codeOf(row));
                if (found == AidCategory.NONE || category.compareTo(found) < 0) {
                    found = category;
                }
            }
        }
        return found;
    }

    /**
     * Age in whole years, from 0 to {@link #MAX_AGE_YEARS}. The date of birth is that of the identity number; else the one that an
     * entitlement of kind BIRTH states, of several on that day the one that began last; without any the age is 0.
     */
    int ageYears(final int personRow, final long epochDay) {
        final int birth = birth(personRow, epochDay);
        if (birth == 0) {
            return 0;
        }
        // Of two dates as numbers yyyyMMdd, the difference's ten thousands are the birthdays that have passed.
        final int years = (BusinessTime.dateOf((int) epochDay) - birth) / YEAR;
        return Math.min(Math.max(years, 0), MAX_AGE_YEARS);
    }

    private int birth(final int personRow, final long epochDay) {
        final UnsafeBuffer person = persons.buffer(personRow);
        final int at = persons.offset(personRow);
        final int certno = at + Rows.PERSON_CERTNO;
        if (Fields.holds(person, at + Rows.PERSON_CERTIFICATE, Rows.CERT_TYPE_LENGTH, "01")
                && person.getByte(certno + IDENTITY_LENGTH - 1) != 0
                && person.getByte(certno + IDENTITY_LENGTH) == 0) {
            final int birth = EntitlementRows.dateNumber(person, certno + IDENTITY_BIRTH);
            if (birth != 0) {
                return birth;
            }
        }
        int birth = 0;
        int newest = -1;
        for (int row = first(personRow, BIRTH); row >= 0; row = EntitlementRows.next(entitlements, row)) {
            final int begnDay = entitlements.getInt(row, Rows.ENTITLEMENT_BEGN_DAY);
            if (isOn(row, BIRTH, epochDay) && begnDay > newest) {
                newest = begnDay;
                birth = EntitlementRows.dateNumber(entitlements.buffer(row), codeOf(row));
            }
        }
        return birth;
    }

    /**
     * How a visit came about, seen from the place of insurance. In the person's own pooling region it is local; elsewhere the first
     * of these that is so: an emergency by its med_type (begins with 13 or 24), a transfer or a filing that names the region of the
     * institution or its pooling region, none of them.
     *
     * @param treatmentRegion row of the region where the institution is.
     * @param insuredRegion row of the region where the person is insured.
     */
    OutOfArea outOfArea(
            final int personRow,
            final int treatmentRegion,
            final int insuredRegion,
            final DirectBuffer medType,
            final int medTypeOffset,
            final long epochDay) {
        final UnsafeBuffer region = regions.buffer(treatmentRegion);
        final int admdvs = regions.offset(treatmentRegion);
        final int poolarea = admdvs + Rows.REGION_POOLAREA;
        if (Fields.equal(
                region,
                poolarea,
                regions.buffer(insuredRegion),
                regions.offset(insuredRegion) + Rows.REGION_POOLAREA,
                ADMDVS_LENGTH)) {
            return OutOfArea.LOCAL;
        }
        if (Fields.holds(medType, medTypeOffset, 2, "13") || Fields.holds(medType, medTypeOffset, 2, "24")) {
            return OutOfArea.EMERGENCY;
        }
        if (holds(personRow, TRANSFER, region, admdvs, ADMDVS_LENGTH, epochDay)
                || holds(personRow, TRANSFER, region, poolarea, ADMDVS_LENGTH, epochDay)) {
            return OutOfArea.TRANSFER;
        }
        return holds(personRow, FILED, region, admdvs, ADMDVS_LENGTH, epochDay)
                        || holds(personRow, FILED, region, poolarea, ADMDVS_LENGTH, epochDay)
                ? OutOfArea.FILED
                : OutOfArea.UNFILED;
    }

    /** The first of the person's rows, or -1 if none of them is of this kind. */
    private int first(final int personRow, final int kind) {
        final int kinds = persons.buffer(personRow).getShort(persons.offset(personRow) + Rows.PERSON_ENTITLEMENT_KINDS);
        return (kinds & EntitlementRows.bitOf(kind)) == 0 ? -1 : EntitlementRows.first(persons, personRow);
    }

    private boolean isOn(final int row, final int kind, final long epochDay) {
        return entitlements.getByte(row, Rows.ENTITLEMENT_KIND) == kind
                && epochDay >= entitlements.getInt(row, Rows.ENTITLEMENT_BEGN_DAY)
                && epochDay < entitlements.getInt(row, Rows.ENTITLEMENT_END_DAY);
    }

    private int codeOf(final int row) {
        return entitlements.offset(row) + Rows.ENTITLEMENT_CODE;
    }
}
