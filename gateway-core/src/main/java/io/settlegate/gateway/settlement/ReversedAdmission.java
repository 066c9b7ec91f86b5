package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The reversal of an admission (2401): what 2404 does, by one who does not know the mdtrt_id. A stay that has expired, or was
 * cancelled before rules 3, is gone without a trace at its msgid; then there is nothing to reverse. Owned by the engine's thread.
 */
final class ReversedAdmission implements Reversible {
    private final EngineState state;
    private final String region;
    private final UnsafeBuffer mdtrtId = new UnsafeBuffer(new byte[GatewayNumber.LENGTH]);
    private FlatTable admissionDay;
    private int admissionRow;
    private int visitRow;

    ReversedAdmission(final EngineState state, final String region) {
        this.state = state;
        this.region = region;
    }

    @Override
    public ResultCode take(
            final Request request,
            final int msgidDay,
            final FlatTable msgids,
            final int msgidRow,
            final int personRow) {
        admissionDay = msgids;
        admissionRow = msgidRow;
        final Visits visits = state.visits;
        visitRow = find(msgidDay, BusinessTime.dayOf(request.timeMs), msgids.getLong(msgidRow, Rows.MSGID_SEQUENCE));
        if (visitRow < 0) {
            return msgids.getInt(msgidRow, Rows.MSGID_PERSON) == personRow
                    ? ResultCode.OK
                    : ResultCode.REVERSAL_MISMATCH;
        }
        if (visits.personRow(visitRow) != personRow) {
            return ResultCode.REVERSAL_MISMATCH;
        }
        return visits.isCancellable(visitRow) ? ResultCode.OK : ResultCode.VISIT_STATE;
    }

    /** The mdtrt_id names the day on which the admission came, which need not be that of its msgid; a msgid may be ahead of the clock. */
    private int find(final int msgidDay, final int today, final long sequence) {
        int found = -1;
        for (int day = msgidDay - 1; found < 0 && day <= today; day++) {
            GatewayNumber.put(mdtrtId, 0, region, day, sequence);
            found = state.visits.find(mdtrtId, 0);
        }
        return found;
    }

    @Override
    public ReversalEffect effect() {
        return visitRow < 0 ? ReversalEffect.NOTHING_TO_REVERSE : ReversalEffect.REVERSED;
    }

    @Override
    public void encode(final ReversalOutcomeEncoder encoder) {
        // An admission moves no money.
    }

    @Override
    public void commit(final Request request) {
        EngineState.putMsgidState(admissionDay, admissionRow, RecordState.REVERSED);
        state.visits.cancel(visitRow, request.buffer, request.body + KnownVisit.PSN_NO);
    }
}
