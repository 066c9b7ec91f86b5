package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;

/**
 * Holds that a single act of an operator is played once: it must be fresh, and its id new within the horizon. Ids of acts that
 * were done are kept, one table for each business day; a refused act leaves its id free, because it changed nothing.
 *
 * <p>Owned by the engine's thread. Bounded by a day's number of acts.
 */
final class OnceRule {
    private static final long FRESH_MS = 300_000;

    private final DayTables days;
    private FlatTable today;

    OnceRule(final EngineState state) {
        this.days = state.acts;
    }

    /** NONE, or why the act may not be played. A repeat is named before staleness: its sender learns that it was done. */
    ActReason check(final ActCommand command) {
        if (!Fields.isCode(command.buffer, command.actId(), ActCommand.ID_LENGTH)) {
            return ActReason.MALFORMED;
        }
        for (final FlatTable day : days.tables()) {
            if (day.find(command.buffer, command.actId()) >= 0) {
                return ActReason.ACT_REPEATED;
            }
        }
        final long sentAtMs = command.sentAtMs();
        return sentAtMs < command.timeMs - FRESH_MS || sentAtMs > command.timeMs + FRESH_MS
                ? ActReason.ACT_STALE
                : ActReason.NONE;
    }

    /** Room to keep the act's id; NONE or LIMIT. */
    ActReason reserve(final ActCommand command) {
        today = days.table(command.timeMs);
        return today.reserve(1) ? ActReason.NONE : ActReason.LIMIT;
    }

    /** Keeps the id. Cannot throw. */
    void commit(final ActCommand command) {
        final int row = today.insert(command.buffer, command.actId(), Rows.ACT_KEY);
        today.putLong(row, Rows.ACT_SEQUENCE, command.sequence);
        today.endWrite(row);
    }
}
