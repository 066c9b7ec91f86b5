package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import org.agrona.DirectBuffer;

/**
 * Whether a person may be registered or admitted: institution, shard, credential, insurance, in the order of {@link
 * ResultCode}.
 *
 * <p>Owned by the engine's thread. Allocates nothing.
 */
final class VisitPerson {
    private static final byte HOSPITAL = 'H';
    private static final int INSUTYPE_LENGTH = 6;

    /** The row of the person whom the last check found. */
    int personRow;

    private final EngineState state;
    private final Credentials credentials;

    VisitPerson(final EngineState state, final Credentials credentials) {
        this.state = state;
        this.credentials = credentials;
    }

    /** The offsets are those of the fields in the request's buffer. */
    ResultCode check(final Request request, final int psnNo, final int certType, final int certNo, final int insutype) {
        final DirectBuffer buffer = request.buffer;
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        personRow = state.persons.find(buffer, psnNo);
        if (request.regionRow < 0 || (personRow >= 0 && !Persons.isOf(state.persons, personRow, request))) {
            return ResultCode.OTHER_SHARD;
        }
        if (personRow < 0) {
            return ResultCode.UNKNOWN_PERSON;
        }
        final ResultCode credential = credentials.find(buffer, certType, certNo, request.timeMs);
        if (credential == ResultCode.VOUCHER_EXPIRED) {
            return ResultCode.VOUCHER_EXPIRED;
        }
        return credentials.personRow == personRow ? checkInsurance(buffer, insutype) : ResultCode.CERTIFICATE_MISMATCH;
    }

    private ResultCode checkInsurance(final DirectBuffer buffer, final int insutype) {
        if (Persons.isFrozen(state.persons, personRow)) {
            return ResultCode.PERSON_FROZEN;
        }
        final DirectBuffer person = state.persons.buffer(personRow);
        final int at = state.persons.offset(personRow);
        if (!Fields.holds(person, at + Rows.PERSON_INSU_STAS, Rows.INSU_STAS_LENGTH, "1")) {
            return ResultCode.NOT_INSURED;
        }
        return Fields.equalPadded(
                        person, at + Rows.PERSON_INSUTYPE, Rows.INSUTYPE_LENGTH, buffer, insutype, INSUTYPE_LENGTH)
                ? ResultCode.OK
                : ResultCode.INSUTYPE_MISMATCH;
    }

    /** Pharmacies have no visits. */
    boolean isHospital(final Request request) {
        return state.institutions.getByte(request.institutionRow, 0) == HOSPITAL;
    }
}
