package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.AcceptClockDecoder;
import io.settlegate.gateway.settlement.codec.ActReason;

/** Moves the engine's time over a jump that it would not follow by itself; never back. Owned by the engine's thread. */
final class AcceptClockAct implements Act {
    private static final int ACCEPTED = AcceptClockDecoder.acceptedMsEncodingOffset();

    private final EngineState state;

    AcceptClockAct(final EngineState state) {
        this.state = state;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        return command.getLong(ACCEPTED) >= state.lastTimeMs ? ActReason.NONE : ActReason.VALUE_WRONG;
    }

    @Override
    public void commit(final ActCommand command) {
        state.advanceTo(command.getLong(ACCEPTED));
    }
}
