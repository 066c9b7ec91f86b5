package io.settlegate.gateway.settlement;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads what {@link SnapshotWriter} wrote, and not a byte more than it is asked for. A channel that ends before is an
 * {@link IOException}, which says at which byte.
 *
 * <p>One thread; blocks as the channel does. One use.
 */
final class SnapshotReader {
    private static final int LARGEST_HEADER = 1024;

    private final ReadableByteChannel source;
    private final ByteBuffer header = ByteBuffer.allocateDirect(LARGEST_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    private long length;

    SnapshotReader(final ReadableByteChannel source) {
        this.source = source;
        header.limit(0);
    }

    /** Reads a header of this length, whose numbers the next calls then give. */
    void header(final int headerLength) throws IOException {
        header.clear().limit(headerLength);
        fill(header);
        header.flip();
    }

    int getInt() {
        return header.getInt();
    }

    long getLong() {
        return header.getLong();
    }

    byte[] bytes(final int count) throws IOException {
        final byte[] bytes = new byte[count];
        fill(ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Fills what remains of a buffer. */
    void fill(final ByteBuffer rows) throws IOException {
        while (rows.hasRemaining()) {
            final int read = source.read(rows);
            if (read < 0) {
                throw new EOFException("it ends after " + length + " bytes");
            }
            length += read;
        }
    }

    /** How many bytes were read. */
    long length() {
        return length;
    }
}
