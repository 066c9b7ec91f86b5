package io.settlegate.journal;

import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * What is built from a journal's records and can also be written to a snapshot and begun from one.
 *
 * <p>Called on the thread that opens or scans. A state that was begun from a snapshot is told of the records after it only.
 */
public interface SnapshotState extends ReplayListener {
    /** Version of the bytes that {@link #writeState} writes. A snapshot of another version is not used. */
    int stateFormat();

    /** Version of the rules by which this build computes. A snapshot of a state that was computed by others is not used. */
    default int rulesVersion() {
        return 0;
    }

    /**
     * Writes the whole state as it stands after the last record that was told.
     *
     * @throws IOException if the channel does.
     */
    void writeState(WritableByteChannel target) throws IOException;

    /**
     * Becomes the state that was written after the last record under {@code seal}, dropping whatever this held before. Its state
     * hash is compared by the caller with the seal's; the implementation recomputes it from the rows it read, not from what was
     * written of it.
     *
     * @param genesis what the journal was founded with.
     * @throws IOException if the channel does, or the bytes are not a state that this build reads; this then holds nothing, and
     *     may be asked again with an older snapshot, or be told everything from the first record.
     */
    void readState(Genesis genesis, Seal seal, ReadableByteChannel source) throws IOException;
}
