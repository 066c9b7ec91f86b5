package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import org.agrona.AsciiSequenceView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a claim says of the person and the place, from the rows of both on the day that picks the policy.
 *
 * <p>Owned by the engine's thread; allocates nothing.
 */
final class PersonFacts {
    private static final int MED_TYPE_LENGTH = 6;
    private static final int NO_NUMBER = -1;

    /** dise_codg of the visit, padded with zero bytes. */
    final UnsafeBuffer diseaseCode = new UnsafeBuffer(new byte[PersonYears.DISEASE_CODE_LENGTH]);

    private final EngineState state;
    private final Entitlements entitlements;
    private final AsciiSequenceView diseaseText = new AsciiSequenceView();

    PersonFacts(final EngineState state) {
        this.state = state;
        this.entitlements = new Entitlements(state);
    }

    /** Fills all but the lines, the account, and what a visit or stay adds. */
    void fill(
            final Claim claim,
            final Request request,
            final int personRow,
            final DirectBuffer codes,
            final int medType,
            final int diseCodg,
            final int epochDay) {
        final DirectBuffer person = state.persons.buffer(personRow);
        final int at = state.persons.offset(personRow);
        claim.insutype = number(person, at + Rows.PERSON_INSUTYPE, Rows.INSUTYPE_LENGTH);
        claim.psnType = number(person, at + Rows.PERSON_PSN_TYPE, Rows.PSN_TYPE_LENGTH);
        claim.medType = number(codes, medType, MED_TYPE_LENGTH);
        claim.level = level(
                state.institutions.buffer(request.institutionRow),
                state.institutions.offset(request.institutionRow) + Rows.INSTITUTION_HOSP_LV);
        diseaseCode.putBytes(0, codes, diseCodg, PersonYears.DISEASE_CODE_LENGTH);
        int length = 0;
        while (length < PersonYears.DISEASE_CODE_LENGTH && diseaseCode.getByte(length) != 0) {
            length++;
        }
        claim.diseaseCode = diseaseText.wrap(diseaseCode, 0, length);
        fillEntitlements(claim, request, personRow, codes, medType, epochDay);
    }

    private void fillEntitlements(
            final Claim claim,
            final Request request,
            final int personRow,
            final DirectBuffer codes,
            final int medType,
            final int epochDay) {
        claim.age = entitlements.ageYears(personRow, epochDay);
        claim.aid = entitlements.aid(personRow, epochDay);
        claim.isCivilServant = entitlements.holds(personRow, Entitlements.CVLSERV, epochDay);
        claim.hasSupplement = entitlements.holds(personRow, Entitlements.SUPPLEMENT, epochDay);
        claim.hasFamilyDoctor = entitlements.holds(personRow, Entitlements.FAMILY_DOCTOR, epochDay);
        claim.isQualified = entitlements.holds(
                personRow, Entitlements.CHRONIC, diseaseCode, 0, PersonYears.DISEASE_CODE_LENGTH, epochDay);
        final int treatmentRegion = state.regionOf(request.institutionRow);
        claim.outOfArea =
                entitlements.outOfArea(personRow, treatmentRegion, request.regionRow, codes, medType, epochDay);
    }

    /**
     * The level of hosp_lv 01 to 11: 01 to 04 are level 3, 05 to 07 level 2, 08 to 10 level 1, 11 ungraded (pharmacies).
     * Sources name 01 and 11; the others are general knowledge of the trade.
     */
    static HospitalLevel level(final DirectBuffer buffer, final int hospLv) {
        final int number = Fields.isDigits(buffer, hospLv, 2) ? Fields.number(buffer, hospLv, 2) : 11;
        if (number >= 1 && number <= 4) {
            return HospitalLevel.LEVEL3;
        }
        if (number >= 5 && number <= 7) {
            return HospitalLevel.LEVEL2;
        }
        return number >= 8 && number <= 10 ? HospitalLevel.LEVEL1 : HospitalLevel.UNGRADED;
    }

    /** The number that a padded code of digits is; -1, for which no policy has a plan, if it is none. */
    static int number(final DirectBuffer buffer, final int offset, final int length) {
        int value = 0;
        int i = 0;
        for (; i < length && buffer.getByte(offset + i) != 0; i++) {
            final int digit = buffer.getByte(offset + i) - '0';
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            value = value * 10 + digit;
        }
        return i == 0 ? NO_NUMBER : value;
    }
}
