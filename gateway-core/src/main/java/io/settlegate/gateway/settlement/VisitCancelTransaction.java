package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RegistrationCancelDecoder;
import org.agrona.MutableDirectBuffer;

/**
 * 2202 and 2404: takes a registration or an admission back under which nothing is settled, and its lines with it. A
 * stay that was discharged must have its discharge taken back first. The admission counts no longer among the stays of
 * its year; stays that began later keep their numbers. Owned by the engine's thread.
 */
final class VisitCancelTransaction implements Transaction {
    private final int templateId;
    private final VisitKind kind;
    private final EngineState state;
    private final KnownVisit visit;
    private final VisitOutcomeWriter outcomeWriter;

    VisitCancelTransaction(
            final int templateId,
            final VisitKind kind,
            final EngineState state,
            final KnownVisit visit,
            final VisitOutcomeWriter outcomeWriter) {
        this.templateId = templateId;
        this.kind = kind;
        this.state = state;
        this.visit = visit;
        this.outcomeWriter = outcomeWriter;
    }

    @Override
    public int templateId() {
        return templateId;
    }

    /** That of 2404 is the same. */
    @Override
    public int blockLength() {
        return RegistrationCancelDecoder.BLOCK_LENGTH;
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
        visit.look(request, kind, KnownVisit.MDTRT_ID);
        final ResultCode found = visit.check(request);
        if (found != ResultCode.OK) {
            return found;
        }
        return state.visits.isCancellable(visit.visitRow) ? ResultCode.OK : ResultCode.VISIT_STATE;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        return outcomeWriter.write(request, request.buffer, request.body + KnownVisit.MDTRT_ID, outcome, offset);
    }

    @Override
    public void commit(final Request request) {
        final Visits visits = state.visits;
        if (state.rules >= EngineRules.REVERSED_CANCELS) {
            state.putMsgidState(
                    visits.msgidDay(visit.visitRow),
                    visits.msgidRow(visit.visitRow),
                    GatewayNumber.sequence(request.buffer, request.body + KnownVisit.MDTRT_ID),
                    RecordState.CANCELLED);
        }
        visits.cancel(visit.visitRow, request.buffer, request.body + KnownVisit.PSN_NO);
    }
}
