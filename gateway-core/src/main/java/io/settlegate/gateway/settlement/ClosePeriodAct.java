package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ClosePeriodDecoder;

/**
 * Closes the clearing of an office up to a business day that is over, or opens it again behind an earlier day. What is closed is not
 * cancelled any more (706). Owned by the engine's thread.
 */
final class ClosePeriodAct implements Act {
    private static final int OFFICE = ClosePeriodDecoder.clrOptinsEncodingOffset();
    private static final int THROUGH = ClosePeriodDecoder.throughMsEncodingOffset();
    private static final int REOPEN = ClosePeriodDecoder.reopenEncodingOffset();
    private static final int REASON = ClosePeriodDecoder.reasonEncodingOffset();

    private final EngineState state;
    private int regionRow;
    private int day;

    ClosePeriodAct(final EngineState state) {
        this.state = state;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        final byte reopen = command.getByte(REOPEN);
        final long throughMs = command.getLong(THROUGH);
        if (reopen < 0
                || reopen > 1
                || throughMs <= 0
                || !command.isText(REASON, ClosePeriodDecoder.reasonEncodingLength())) {
            return ActReason.VALUE_WRONG;
        }
        regionRow = state.regions.find(command.buffer, command.body + OFFICE);
        if (regionRow < 0) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        // A time that is too far for a day's number is far ahead of now.
        if (throughMs >= command.timeMs || BusinessTime.dayOf(throughMs) >= BusinessTime.dayOf(command.timeMs)) {
            return ActReason.PERIOD_NOT_OVER;
        }
        day = BusinessTime.dayOf(throughMs);
        final int closed = state.clearings.closedThrough(regionRow);
        final boolean isInOrder = reopen == 1 ? day < closed : day > closed;
        if (!isInOrder) {
            return ActReason.PERIOD_ORDER;
        }
        return state.clearings.reserve() ? ActReason.NONE : ActReason.LIMIT;
    }

    @Override
    public void commit(final ActCommand command) {
        state.clearings.close(regionRow, day, command.sequence);
    }
}
