package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.RegistrationCancelDecoder;

/**
 * The visit that a request names, and whether it is the request's to use: the institution's that asks, the person's
 * whom it names, of the right kind. Every message about a visit opens with psn_no; of most the mdtrt_id follows.
 *
 * <p>Owned by the engine's thread. Allocates nothing.
 */
final class KnownVisit {
    static final int PSN_NO = RegistrationCancelDecoder.psnNoEncodingOffset();
    static final int MDTRT_ID = RegistrationCancelDecoder.mdtrtIdEncodingOffset();

    /** The row of the visit; -1 if there is none or it is not the request's to use. */
    int visitRow;

    /** The row of the person whom the request names, or -1. */
    int personRow;

    private final EngineState state;
    private ResultCode found;

    KnownVisit(final EngineState state) {
        this.state = state;
    }

    /** Whether psn_no and mdtrt_id have their form. */
    static boolean isForm(final Request request, final int mdtrtId) {
        return Fields.isCode(request.buffer, request.body + PSN_NO, Rows.PERSON_KEY)
                && GatewayNumber.isNumber(request.buffer, request.body + mdtrtId);
    }

    /** Looks for the visit whose mdtrt_id stands there in the body; form was checked. The codes are asked for later. */
    void look(final Request request, final VisitKind kind, final int mdtrtId) {
        final Visits visits = state.visits;
        personRow = state.persons.find(request.buffer, request.body + PSN_NO);
        visitRow = visits.find(request.buffer, request.body + mdtrtId);
        if (visitRow < 0) {
            found = ResultCode.VISIT_UNKNOWN;
        } else if (visits.personRow(visitRow) != personRow
                || visits.institutionRow(visitRow) != request.institutionRow
                || !visits.isOf(visitRow, kind)) {
            found = ResultCode.VISIT_MISMATCH;
            visitRow = -1;
        } else {
            found = ResultCode.OK;
        }
    }

    /** Institution and person: OK, INSTITUTION_DISABLED, OTHER_SHARD, or UNKNOWN_PERSON. */
    ResultCode checkParties(final Request request) {
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        if (request.regionRow < 0 || (personRow >= 0 && !Persons.isOf(state.persons, personRow, request))) {
            return ResultCode.OTHER_SHARD;
        }
        return personRow < 0 ? ResultCode.UNKNOWN_PERSON : ResultCode.OK;
    }

    /** OK, VISIT_UNKNOWN, or VISIT_MISMATCH. */
    ResultCode found() {
        return found;
    }

    /** {@link #checkParties}, then {@link #found}. */
    ResultCode check(final Request request) {
        final ResultCode parties = checkParties(request);
        return parties == ResultCode.OK ? found : parties;
    }
}
