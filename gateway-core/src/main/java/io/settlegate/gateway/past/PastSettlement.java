package io.settlegate.gateway.past;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A settlement of a person as its record says, what undid it, and what made it stand again.
 *
 * <p>One thread.
 */
final class PastSettlement {
    final long sequence;
    final long timeMs;
    /** As recorded, masked or not as the decoder is told. */
    final ObjectNode outcome;

    private final List<Change> changes = new ArrayList<>();

    /**
     * What undid it, or made it stand again.
     *
     * @param sequence of the record.
     * @param by number of the transaction.
     * @param isUndone false where it stands again, because its cancel was reversed.
     */
    record Change(long sequence, long timeMs, String by, boolean isUndone) {}

    PastSettlement(final long sequence, final long timeMs, final ObjectNode outcome) {
        this.sequence = sequence;
        this.timeMs = timeMs;
        this.outcome = outcome;
    }

    /** Records come in their order. */
    void add(final Change change) {
        changes.add(change);
    }

    /** Whether it was made up to a record and stood after that. */
    boolean standsAt(final long atSequence) {
        boolean stands = sequence <= atSequence;
        for (final Change change : changes) {
            stands = change.sequence <= atSequence ? !change.isUndone : stands;
        }
        return stands;
    }

    /** The newest that undid it after a record, if any. */
    Optional<Change> undoneAfter(final long atSequence) {
        return newestAfter(atSequence, true);
    }

    /** The newest that made it stand again after a record, if any. */
    Optional<Change> stoodAgainAfter(final long atSequence) {
        return newestAfter(atSequence, false);
    }

    private Optional<Change> newestAfter(final long atSequence, final boolean isUndone) {
        Change newest = null;
        for (final Change change : changes) {
            newest = change.sequence > atSequence && change.isUndone == isUndone ? change : newest;
        }
        return Optional.ofNullable(newest);
    }
}
