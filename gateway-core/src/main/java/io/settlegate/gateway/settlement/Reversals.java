package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;

/** What can be reversed, by oinfno and the rules. Owned by the engine's thread. */
final class Reversals {
    private final EngineState state;
    private final Reversible settlement;
    private final Reversible cancel;
    private final Reversible admission;

    Reversals(final EngineState state, final Undo undo, final String region) {
        this.state = state;
        this.settlement = new ReversedSettlement(state, undo);
        this.cancel = new ReversedCancel(state);
        this.admission = new ReversedAdmission(state, region);
    }

    /** That of an oinfno, six characters, or null. */
    Reversible of(final DirectBuffer buffer, final int oinfno) {
        final ReversedKind kind = ReversedKind.of(buffer, oinfno);
        if (kind == null || (kind != ReversedKind.SETTLEMENT && state.rules < EngineRules.REVERSED_CANCELS)) {
            return null;
        }
        return switch (kind) {
            case SETTLEMENT -> settlement;
            case CANCEL -> cancel;
            case ADMISSION -> admission;
        };
    }
}
