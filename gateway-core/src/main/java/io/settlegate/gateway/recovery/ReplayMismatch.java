package io.settlegate.gateway.recovery;

/**
 * A record whose outcome or state hash this build computes otherwise than the journal says.
 *
 * @param sequence of the record; of the last record under the seal where a seal's state hash differs.
 * @param what which of the two.
 */
public record ReplayMismatch(long sequence, What what) {
    /** What differs. */
    public enum What {
        OUTCOME,
        STATE_HASH,
        SEALED_STATE_HASH,
        INTERNAL_PART
    }

    @Override
    public String toString() {
        return "record " + sequence + ": " + what;
    }
}
