package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeEncoder;

/**
 * The reversal of a cancel (2103, 2208, 2305): the settlement that it undid stands again. The settlement's day must be within the horizon, as
 * for the cancel; a cancel of before rules 3 left nothing to find it by. Owned by the engine's thread.
 */
final class ReversedCancel implements Reversible {
    private final EngineState state;
    private final Redo redo;
    private FlatTable cancelDay;
    private int cancelRow;

    ReversedCancel(final EngineState state) {
        this.state = state;
        this.redo = new Redo(state);
    }

    @Override
    public ResultCode take(
            final Request request,
            final int msgidDay,
            final FlatTable msgids,
            final int msgidRow,
            final int personRow) {
        cancelDay = msgids;
        cancelRow = msgidRow;
        final Cancels cancels = state.cancels;
        if (!cancels.find(msgidDay, msgids.getLong(msgidRow, Rows.MSGID_SEQUENCE))) {
            return ResultCode.NOT_REVERSIBLE;
        }
        if (msgids.getInt(msgidRow, Rows.MSGID_PERSON) != personRow) {
            return ResultCode.REVERSAL_MISMATCH;
        }
        if (!state.settlements.find(cancels.settlementDay(), cancels.settlement())) {
            return ResultCode.SETL_UNKNOWN;
        }
        if (!state.settlements.isUndone()) {
            throw new IllegalStateException("a cancel stands, and so does what it undid");
        }
        return redo.take();
    }

    @Override
    public ReversalEffect effect() {
        return ReversalEffect.REVERSED;
    }

    @Override
    public void encode(final ReversalOutcomeEncoder encoder) {
        encoder.fundPaySumamtFen(redo.original.fundPaySumamtFen)
                .acctPayFen(redo.original.acctPayFen)
                .psnCashPayFen(redo.original.psnCashPayFen)
                .balcFen(redo.balanceAfterFen());
    }

    @Override
    public void commit(final Request request) {
        EngineState.putMsgidState(cancelDay, cancelRow, RecordState.REVERSED);
        redo.commit();
    }
}
