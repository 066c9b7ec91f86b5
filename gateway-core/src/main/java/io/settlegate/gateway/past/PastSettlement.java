package io.settlegate.gateway.past;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A settlement of a person as its record says, and what undid it, if anything did.
 *
 * <p>One thread.
 */
final class PastSettlement {
    final long sequence;
    final long timeMs;
    /** As recorded, masked or not as the decoder is told. */
    final ObjectNode outcome;
    /** The sequence of the cancel or reversal; -1 while there is none. */
    long undoneSequence = -1;

    long undoneMs;
    /** The number of that transaction. */
    String undoneBy = "";

    PastSettlement(final long sequence, final long timeMs, final ObjectNode outcome) {
        this.sequence = sequence;
        this.timeMs = timeMs;
        this.outcome = outcome;
    }

    /** Whether it was made up to a record and not undone up to that. */
    boolean standsAt(final long atSequence) {
        return sequence <= atSequence && (undoneSequence < 0 || undoneSequence > atSequence);
    }
}
