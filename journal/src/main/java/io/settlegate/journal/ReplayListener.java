package io.settlegate.journal;

import io.settlegate.protocol.receipt.Seal;

/**
 * Is told what a journal holds, in order, while it is opened or scanned. Each record comes after its seal was checked.
 *
 * <p>Called on the thread that opens. What a listener throws ends the opening and reaches the caller unchanged; nothing of the
 * journal is harmed by it.
 */
public interface ReplayListener {
    /** A sealed record. The view is valid during the call. */
    void onRecord(RecordView record);

    /** The seal over the records since the last seal. */
    void onSeal(Seal seal);

    /**
     * All that the journal holds was told. An opening writes nothing before this returns: whoever computes otherwise than the
     * journal says must throw here, or its own state hash would be sealed behind those of others.
     */
    default void onAllRead() {}

    /** First half of the state hash after the last record; asked when an opening seals its own record. */
    long stateHashHigh();

    /** Second half. */
    long stateHashLow();
}
