package io.settlegate.journal.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;

/**
 * Writes a snapshot: its head and index at once, then the state as it comes, at last what closes the file. Without
 * {@link #finish} the file is not whole and is refused.
 *
 * <p>One thread; blocks on the channel below, which it does not close. After an exception it is of no use any more.
 */
public final class SnapshotOutput implements WritableByteChannel {
    private final WritableByteChannel target;
    private final ByteBuffer block = ByteBuffer.allocateDirect(
                    SnapshotFormat.HEADER_LENGTH + SnapshotFormat.CONTENT_LENGTH)
            .order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C blockCrc = new CRC32C();
    private final CRC32C wholeCrc = new CRC32C();
    private int number;
    private long length;
    private long stateLength;
    private boolean open = true;

    public SnapshotOutput(final WritableByteChannel target, final SnapshotHead head, final byte[] index)
            throws IOException {
        this.target = target;
        if (index.length == 0 || index.length > SnapshotFormat.MAX_INDEX_LENGTH) {
            throw new IllegalArgumentException(
                    "an index has 1 to " + SnapshotFormat.MAX_INDEX_LENGTH + " bytes, here are " + index.length);
        }
        block.clear();
        block.putInt(SnapshotFormat.MAGIC).putShort(SnapshotFormat.VERSION).putShort((short) 0);
        block.flip();
        emit(block);
        block.clear().position(SnapshotFormat.HEADER_LENGTH);
        putAll(SnapshotFormat.HEAD, head.encode());
        putAll(SnapshotFormat.INDEX, index);
    }

    /** One block if it fits, else several. */
    private void putAll(final int kind, final byte[] content) throws IOException {
        if (kind == SnapshotFormat.HEAD && content.length > SnapshotFormat.CONTENT_LENGTH) {
            throw new IllegalArgumentException("a head of " + content.length + " bytes is too long");
        }
        final ByteBuffer source = ByteBuffer.wrap(content);
        while (source.hasRemaining()) {
            fill(source);
            if (!block.hasRemaining() || !source.hasRemaining()) {
                close(kind);
            }
        }
    }

    @Override
    public int write(final ByteBuffer source) throws IOException {
        final int count = source.remaining();
        while (source.hasRemaining()) {
            fill(source);
            if (!block.hasRemaining()) {
                close(SnapshotFormat.STATE);
            }
        }
        stateLength += count;
        return count;
    }

    private void fill(final ByteBuffer source) {
        final int count = Math.min(block.remaining(), source.remaining());
        final int limit = source.limit();
        block.put(source.limit(source.position() + count));
        source.limit(limit);
    }

    /** Ends the block and writes it. */
    private void close(final int kind) throws IOException {
        final int contentLength = block.position() - SnapshotFormat.HEADER_LENGTH;
        block.flip();
        block.putInt(0, kind).putInt(SnapshotFormat.NUMBER_OFFSET, number);
        block.putInt(SnapshotFormat.LENGTH_OFFSET, contentLength);
        block.putInt(SnapshotFormat.CRC_OFFSET, checksum(blockCrc, block));
        emit(block);
        number++;
        block.clear().position(SnapshotFormat.HEADER_LENGTH);
    }

    /** Over the header up to the checksum, and the content up to the limit. */
    static int checksum(final CRC32C crc, final ByteBuffer block) {
        crc.reset();
        crc.update(block.duplicate().position(0).limit(SnapshotFormat.CRC_OFFSET));
        crc.update(block.duplicate().position(SnapshotFormat.HEADER_LENGTH));
        return (int) crc.getValue();
    }

    private void emit(final ByteBuffer bytes) throws IOException {
        wholeCrc.update(bytes.duplicate());
        length += bytes.remaining();
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    /** Writes what closes the file, and answers the file's length. */
    public long finish() throws IOException {
        if (block.position() > SnapshotFormat.HEADER_LENGTH) {
            close(SnapshotFormat.STATE);
        }
        final long total = length + SnapshotFormat.HEADER_LENGTH + SnapshotFormat.END_LENGTH;
        block.putLong(total).putLong(stateLength).putInt((int) wholeCrc.getValue());
        close(SnapshotFormat.END);
        open = false;
        return total;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
