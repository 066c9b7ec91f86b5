package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeEncoder;

/** The reversal of a settlement (2102, 2207, 2304): all of it is given back. Owned by the engine's thread. */
final class ReversedSettlement implements Reversible {
    private final EngineState state;
    private final Undo undo;

    ReversedSettlement(final EngineState state, final Undo undo) {
        this.state = state;
        this.undo = undo;
    }

    @Override
    public ResultCode take(
            final Request request,
            final int msgidDay,
            final FlatTable msgids,
            final int msgidRow,
            final int personRow) {
        if (msgids.getInt(msgidRow, Rows.MSGID_PERSON) != personRow) {
            return ResultCode.REVERSAL_MISMATCH;
        }
        final boolean isFound = state.settlements.find(
                msgidDay + msgids.getByte(msgidRow, Rows.MSGID_SETTLED_DAYS),
                msgids.getLong(msgidRow, Rows.MSGID_SEQUENCE));
        if (!isFound) {
            throw new IllegalStateException("a settlement whose msgid stands is not there");
        }
        return undo.reserve() ? ResultCode.OK : ResultCode.CAPACITY;
    }

    @Override
    public ReversalEffect effect() {
        return ReversalEffect.REVERSED;
    }

    @Override
    public void encode(final ReversalOutcomeEncoder encoder) {
        encoder.fundPaySumamtFen(-undo.original.fundPaySumamtFen)
                .acctPayFen(-undo.original.acctPayFen)
                .psnCashPayFen(-undo.original.psnCashPayFen)
                .balcFen(undo.balanceAfterFen());
    }

    @Override
    public void commit(final Request request) {
        undo.commitReversal();
    }
}
