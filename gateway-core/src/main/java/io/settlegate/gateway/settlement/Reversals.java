package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;

/** What can be reversed, by oinfno and the rules. Owned by the engine's thread. */
final class Reversals {
    private static final String[] SETTLEMENTS = {"2102", "2207", "2304"};
    private static final String[] CANCELS = {"2103", "2208", "2305"};
    private static final String ADMISSION = "2401";
    private static final int OINFNO_LENGTH = 6;

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
        if (isOneOf(SETTLEMENTS, buffer, oinfno)) {
            return settlement;
        }
        if (state.rules < EngineRules.REVERSED_CANCELS) {
            return null;
        }
        if (isOneOf(CANCELS, buffer, oinfno)) {
            return cancel;
        }
        return Fields.holds(buffer, oinfno, OINFNO_LENGTH, ADMISSION) ? admission : null;
    }

    private static boolean isOneOf(final String[] codes, final DirectBuffer buffer, final int oinfno) {
        for (final String code : codes) {
            if (Fields.holds(buffer, oinfno, OINFNO_LENGTH, code)) {
                return true;
            }
        }
        return false;
    }
}
