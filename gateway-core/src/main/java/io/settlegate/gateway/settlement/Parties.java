package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import org.agrona.DirectBuffer;

/**
 * Who may settle: institution, region, person, credential, insurance, in the order of {@link ResultCode}. One place for all
 * transactions that begin or settle a visit.
 *
 * <p>Owned by the engine's thread. Allocates nothing; changes nothing but {@link Request#personRow}.
 */
final class Parties {
    /** Every request that names a person names it first. */
    static final int PSN_NO = PharmacySettleDecoder.psnNoEncodingOffset();

    private static final byte HOSPITAL = 'H';
    private static final int PHARMACY_MED_TYPE = 41;
    private static final int OUTPATIENT_MED_TYPE = 11;
    private static final int CHRONIC_MED_TYPE = 14;
    private static final int DETAILED = 10_000;

    private final EngineState state;
    private final Credentials credentials;
    private final Entitlements entitlements;

    Parties(final EngineState state, final Credentials credentials) {
        this.state = state;
        this.credentials = credentials;
        this.entitlements = new Entitlements(state);
    }

    /** OK and the person's row in the request, or the first fault, on the day of {@code atMs}. Other arguments are places in the request. */
    ResultCode check(final Request request, final int certType, final int certNo, final int insutype, final long atMs) {
        final ResultCode known = checkPerson(request);
        if (known != ResultCode.OK) {
            return known;
        }
        final ResultCode credential = checkCredential(request, certType, certNo);
        return credential == ResultCode.OK ? checkInsurance(request, insutype, atMs) : credential;
    }

    private ResultCode checkCredential(final Request request, final int certType, final int certNo) {
        if (credentials.isIdentityOf(request.personRow, request.buffer, certType, certNo)) {
            return ResultCode.OK;
        }
        final ResultCode found = credentials.find(request.buffer, certType, certNo, request.timeMs);
        if (found == ResultCode.VOUCHER_EXPIRED) {
            return ResultCode.VOUCHER_EXPIRED;
        }
        return credentials.personRow == request.personRow ? ResultCode.OK : ResultCode.CERTIFICATE_MISMATCH;
    }

    /** Institution, region, and person alone, for what needs no credential. */
    ResultCode checkPerson(final Request request) {
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        final int row = state.persons.findNear(request.buffer, request.body + PSN_NO, request.probablePersonRow);
        if (request.regionRow < 0 || (row >= 0 && !Persons.isOf(state.persons, row, request))) {
            return ResultCode.OTHER_SHARD;
        }
        request.personRow = row;
        return row < 0 ? ResultCode.UNKNOWN_PERSON : ResultCode.OK;
    }

    /** What of the insurance forbids to settle anything; insutype is a place in the request, six characters. */
    ResultCode checkInsurance(final Request request, final int insutype, final long atMs) {
        if (Persons.isFrozen(state.persons, request.personRow)) {
            return ResultCode.PERSON_FROZEN;
        }
        final DirectBuffer person = state.persons.buffer(request.personRow);
        final int at = state.persons.offset(request.personRow);
        if (!Fields.holds(person, at + Rows.PERSON_INSU_STAS, Rows.INSU_STAS_LENGTH, "1")) {
            return ResultCode.NOT_INSURED;
        }
        if (entitlements.holds(request.personRow, Entitlements.WAITING, BusinessTime.dayOf(atMs))) {
            return ResultCode.WAITING_PERIOD;
        }
        return Fields.equalPadded(person, at + Rows.PERSON_INSUTYPE, Rows.INSUTYPE_LENGTH, request.buffer, insutype, 6)
                ? ResultCode.OK
                : ResultCode.INSUTYPE_MISMATCH;
    }

    /** Pharmacies have no visits. */
    boolean isHospital(final Request request) {
        return state.institutions.getByte(request.institutionRow, 0) == HOSPITAL;
    }

    /** Whether the institution settles this med_type in one shot: pharmacies (P) 41, medical institutions (H) 11 and 14. */
    boolean settlesAtOnce(final Request request, final int medType) {
        final boolean isPharmacy = state.institutions.getByte(request.institutionRow, 0) == 'P';
        return isPharmacy
                ? medType == PHARMACY_MED_TYPE
                : medType == OUTPATIENT_MED_TYPE
                        || medType == CHRONIC_MED_TYPE
                        || medType / DETAILED == CHRONIC_MED_TYPE;
    }
}
