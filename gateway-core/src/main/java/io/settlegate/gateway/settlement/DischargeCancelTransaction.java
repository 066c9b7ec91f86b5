package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.DischargeCancelDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 2405: takes a discharge back as long as nothing that was settled after it stands, and the person is in no other stay
 * by now. Diagnoses and dise_codg of the discharge stay. Owned by the engine's thread.
 */
final class DischargeCancelTransaction implements Transaction {
    private final EngineState state;
    private final KnownVisit visit;
    private final VisitOutcomeWriter outcomeWriter;

    DischargeCancelTransaction(
            final EngineState state, final KnownVisit visit, final VisitOutcomeWriter outcomeWriter) {
        this.state = state;
        this.visit = visit;
        this.outcomeWriter = outcomeWriter;
    }

    @Override
    public int templateId() {
        return DischargeCancelDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return DischargeCancelDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        if (!KnownVisit.isForm(request, KnownVisit.MDTRT_ID)) {
            return ResultCode.FIELD_MALFORMED;
        }
        visit.look(request, VisitKind.STAY, KnownVisit.MDTRT_ID);
        final ResultCode found = visit.check(request);
        if (found != ResultCode.OK) {
            return found;
        }
        final Visits visits = state.visits;
        if (visits.state(visit.visitRow) != Visits.DISCHARGED
                || visits.settlementsAfterDischarge(visit.visitRow) != 0) {
            return ResultCode.VISIT_STATE;
        }
        final DirectBuffer buffer = request.buffer;
        final int psnNo = request.body + KnownVisit.PSN_NO;
        if (visits.stays.openStay(buffer, psnNo) >= 0) {
            return ResultCode.STAY_OPEN;
        }
        return visits.stays.reserve(buffer, psnNo) ? ResultCode.OK : ResultCode.CAPACITY;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        return outcomeWriter.write(request, request.buffer, request.body + KnownVisit.MDTRT_ID, outcome, offset);
    }

    @Override
    public void commit(final Request request) {
        state.visits.cancelDischarge(visit.visitRow);
        state.visits.stays.reopen(request.buffer, request.body + KnownVisit.PSN_NO, visit.visitRow);
    }
}
