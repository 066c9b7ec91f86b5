package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeEncoder;

/**
 * What a reversal does to one kind of original whose msgid is DONE. {@link #take} keeps what it found in fields of its own, reserves room, and changes
 * nothing that is hashed; {@link #commit} writes and cannot throw.
 */
interface Reversible {
    /**
     * Finds what the msgid did.
     *
     * @param msgidDay  its business day.
     * @param msgids    its day's table, and its row there.
     * @param personRow the person whom the reversal names, or -1.
     * @return the first fault, or OK.
     */
    ResultCode take(Request request, int msgidDay, FlatTable msgids, int msgidRow, int personRow);

    /** REVERSED, or why there is nothing to do. */
    ReversalEffect effect();

    /** Writes what was given or taken, where anything was. */
    void encode(ReversalOutcomeEncoder encoder);

    /** Undoes it; the msgid's state among it. */
    void commit(Request request);
}
