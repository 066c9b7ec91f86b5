package io.settlegate.gateway.settlement;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * Writes a snapshot's numbers and bytes, little-endian, and counts them. Small ones are gathered; rows go to the channel as they
 * stand in their table.
 *
 * <p>One thread; blocks as the channel does. One use.
 */
final class SnapshotWriter {
    private static final int GATHERED_LENGTH = 64 * 1024;

    private final WritableByteChannel target;
    private final ByteBuffer gathered =
            ByteBuffer.allocateDirect(GATHERED_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private long length;

    SnapshotWriter(final WritableByteChannel target) {
        this.target = target;
    }

    void putInt(final int value) throws IOException {
        makeRoom(Integer.BYTES);
        gathered.putInt(value);
        length += Integer.BYTES;
    }

    void putLong(final long value) throws IOException {
        makeRoom(Long.BYTES);
        gathered.putLong(value);
        length += Long.BYTES;
    }

    void putBytes(final byte[] bytes) throws IOException {
        putRows(ByteBuffer.wrap(bytes));
    }

    /** Writes what remains in a buffer, without a copy. */
    void putRows(final ByteBuffer rows) throws IOException {
        flush();
        length += rows.remaining();
        writeAll(rows);
    }

    /** How many bytes were put. */
    long length() {
        return length;
    }

    void flush() throws IOException {
        gathered.flip();
        writeAll(gathered);
        gathered.clear();
    }

    private void makeRoom(final int needed) throws IOException {
        if (gathered.remaining() < needed) {
            flush();
        }
    }

    private void writeAll(final ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }
}
