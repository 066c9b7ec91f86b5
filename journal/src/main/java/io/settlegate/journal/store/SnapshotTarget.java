package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * A snapshot that is being written, beside those that count. Closing it without {@link #publish} abandons it.
 *
 * <p>One thread at a time; blocks on the disk.
 */
public interface SnapshotTarget extends WritableByteChannel {
    /** What was written so far, for reading. The caller closes it. */
    SeekableByteChannel readBack() throws IOException;

    /** Forces the bytes, gives the file its name, and forces the directory: after the return a power cut cannot take it. */
    void publish() throws IOException;
}
