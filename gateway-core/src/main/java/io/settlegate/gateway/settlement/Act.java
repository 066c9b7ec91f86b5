package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;

/** One kind of act in two steps, as a {@link Transaction} is. */
interface Act {
    /** NONE, or why the act is refused. Reserves room and changes nothing that is hashed. */
    ActReason compute(ActCommand command);

    /** Writes the effects; cannot throw after the computation said NONE. */
    void commit(ActCommand command);
}
