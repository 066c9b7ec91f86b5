package io.settlegate.journal;

import org.agrona.MutableDirectBuffer;

/** Reads committed records by sequence, on its own thread, up to the durable mark. */
public final class JournalReader implements AutoCloseable {
    /** Reads a record; null if the sequence lies beyond the durable mark. The view is valid until the next call. */
    public RecordView read(final long sequence) {
        throw new UnsupportedOperationException();
    }

    /** Writes the receipt of a record, byte for byte as first sent, and answers its length. */
    public int encodeReceipt(final long sequence, final MutableDirectBuffer target, final int offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
    }
}
