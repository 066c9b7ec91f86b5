package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import org.agrona.DirectBuffer;

/** The journal of one gateway, open for writing. */
public final class Journal implements AutoCloseable {
    private Journal() {
    }

    /** Founds a journal in an empty store. */
    public static void found(
            final Store store,
            final Genesis genesis,
            final GatewayIdentity identity,
            final long stateHashHigh,
            final long stateHashLow) {
        throw new UnsupportedOperationException();
    }

    /** Recovers and returns a journal ready to append. The journal does not close the store. */
    public static Journal open(
            final Store store, final GatewayIdentity identity, final DurabilityLevel level, final ReplayListener listener) {
        throw new UnsupportedOperationException();
    }

    public Genesis genesis() {
        throw new UnsupportedOperationException();
    }

    /** The sequence that the next record must have. */
    public long nextSequence() {
        throw new UnsupportedOperationException();
    }

    /** Appends a COMMAND record to the open batch. */
    public void append(
            final long sequence,
            final long timeMs,
            final int rulesVersion,
            final int keyVersion,
            final DirectBuffer command,
            final int commandOffset,
            final int commandLength,
            final DirectBuffer outcome,
            final int outcomeOffset,
            final int outcomeLength,
            final DirectBuffer internal,
            final int internalOffset,
            final int internalLength) {
        throw new UnsupportedOperationException();
    }

    /** Seals the open batch, forces it, publishes the durable mark. */
    public SealedBatch commit(final long stateHashHigh, final long stateHashLow) {
        throw new UnsupportedOperationException();
    }

    /** Any thread. */
    public DurableMark durableMark() {
        throw new UnsupportedOperationException();
    }

    /** A reader for one other thread. */
    public JournalReader newReader() {
        throw new UnsupportedOperationException();
    }

    /** Any thread: forces a note of the newest durable seal. */
    public void writeHeadNote() {
        throw new UnsupportedOperationException();
    }

    /** True while the disk has room above the floor. Any thread. */
    public boolean hasRoom() {
        throw new UnsupportedOperationException();
    }

    /** Writes the head note and closes. Records after the last commit are forgotten, as nobody was told. */
    @Override
    public void close() {
    }
}
