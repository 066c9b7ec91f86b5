package io.settlegate.journal.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32C;

/**
 * Reads a snapshot: {@link #head} and {@link #index} are there at once, the state is read as from a channel, and
 * {@link #finish} checks what closes the file. No byte is handed out before the checksum of its block was found right.
 *
 * <p>One thread; blocks on the channel below, which it does not close. Wrong bytes are a {@link SnapshotDamagedException}. No
 * length is believed: a block has at most 1 MiB, an index at most 4 MiB, and neither may reach beyond the file.
 */
public final class SnapshotInput implements ReadableByteChannel {
    private final SeekableByteChannel source;
    private ByteBuffer block;
    private final CRC32C blockCrc = new CRC32C();
    private final CRC32C wholeCrc = new CRC32C();
    private final long fileLength;
    private final SnapshotHead head;
    private final byte[] index;
    private long number = -1;
    private long position;
    private long next;
    private int kind;
    private int wholeBeforeBlock;
    private long stateLength;
    private boolean open = true;

    /** Reads head and index, and looks whether the file is as long as it says at its end. */
    public SnapshotInput(final SeekableByteChannel source) throws IOException {
        this.source = source;
        this.fileLength = source.size();
        this.block = buffer((int) Math.min(
                Math.max(fileLength, 2L * SnapshotFormat.HEADER_LENGTH + SnapshotFormat.END_LENGTH),
                SnapshotFormat.HEADER_LENGTH + SnapshotFormat.CONTENT_LENGTH));
        checkEnd();
        source.position(0);
        read(0, SnapshotFormat.PROLOGUE_LENGTH, "the prologue");
        if (block.getInt(0) != SnapshotFormat.MAGIC) {
            throw new SnapshotDamagedException(0, 0, "the file does not begin as a snapshot does");
        }
        if (block.getShort(4) != SnapshotFormat.VERSION || block.getShort(6) != 0) {
            throw new SnapshotDamagedException(
                    0,
                    4,
                    "the file has version " + (block.getShort(4) & 0xffff) + " and this build reads "
                            + SnapshotFormat.VERSION);
        }
        wholeCrc.update(block);
        next = SnapshotFormat.PROLOGUE_LENGTH;
        nextBlock();
        final SnapshotHead decoded = kind == SnapshotFormat.HEAD ? SnapshotHead.decode(content()) : null;
        if (decoded == null) {
            throw damaged("here is no head");
        }
        head = decoded;
        index = readIndex();
    }

    /** Before anything else, so that a file that was cut off is told at once. */
    private void checkEnd() throws IOException {
        final int endLength = SnapshotFormat.HEADER_LENGTH + SnapshotFormat.END_LENGTH;
        final long at = fileLength - endLength;
        if (at < SnapshotFormat.PROLOGUE_LENGTH) {
            throw new SnapshotDamagedException(0, 0, "the file has only " + fileLength + " bytes");
        }
        source.position(at);
        read(0, endLength, "the end");
        final boolean isEnd = block.getInt(0) == SnapshotFormat.END
                && block.getInt(SnapshotFormat.LENGTH_OFFSET) == SnapshotFormat.END_LENGTH
                && block.getInt(SnapshotFormat.CRC_OFFSET) == SnapshotOutput.checksum(blockCrc, block)
                && block.getLong(SnapshotFormat.HEADER_LENGTH + SnapshotFormat.END_FILE_LENGTH_OFFSET) == fileLength;
        if (!isEnd) {
            throw new SnapshotDamagedException(
                    -1,
                    at,
                    "the file of " + fileLength + " bytes does not end as a snapshot does: it was cut off, or damaged");
        }
    }

    private byte[] readIndex() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        nextBlock();
        while (kind == SnapshotFormat.INDEX) {
            if (bytes.size() + block.remaining() > SnapshotFormat.MAX_INDEX_LENGTH) {
                throw damaged("the index is longer than " + SnapshotFormat.MAX_INDEX_LENGTH + " bytes");
            }
            bytes.writeBytes(content());
            nextBlock();
        }
        if (bytes.size() == 0) {
            throw damaged("here is no index");
        }
        return bytes.toByteArray();
    }

    /** Reads a block, so that its content lies between the buffer's position and limit. */
    private void nextBlock() throws IOException {
        number++;
        position = next;
        wholeBeforeBlock = (int) wholeCrc.getValue();
        if (fileLength - position < SnapshotFormat.HEADER_LENGTH) {
            throw damaged("the file ends here");
        }
        read(0, SnapshotFormat.HEADER_LENGTH, "a block's header");
        kind = block.getInt(0);
        final int length = block.getInt(SnapshotFormat.LENGTH_OFFSET);
        if (block.getInt(SnapshotFormat.NUMBER_OFFSET) != number) {
            throw damaged("the block there says it is " + block.getInt(SnapshotFormat.NUMBER_OFFSET));
        }
        if (length < 1
                || length > SnapshotFormat.MAX_CONTENT_LENGTH
                || length > fileLength - position - SnapshotFormat.HEADER_LENGTH) {
            throw damaged("its length cannot be " + (length & 0xffffffffL));
        }
        if (SnapshotFormat.HEADER_LENGTH + length > block.capacity()) {
            final ByteBuffer larger = buffer(SnapshotFormat.HEADER_LENGTH + SnapshotFormat.MAX_CONTENT_LENGTH);
            larger.put(0, block, 0, SnapshotFormat.HEADER_LENGTH);
            block = larger;
        }
        read(SnapshotFormat.HEADER_LENGTH, length, "a block's content");
        if (block.getInt(SnapshotFormat.CRC_OFFSET) != SnapshotOutput.checksum(blockCrc, block)) {
            throw damaged("its checksum is wrong");
        }
        if (kind < SnapshotFormat.HEAD || kind > SnapshotFormat.END) {
            throw damaged("its kind is " + kind);
        }
        wholeCrc.update(block);
        block.position(SnapshotFormat.HEADER_LENGTH);
        next = position + SnapshotFormat.HEADER_LENGTH + length;
        if (kind == SnapshotFormat.STATE) {
            stateLength += length;
        }
    }

    /** Puts bytes behind those that are there; position 0 to what was read is then to be looked at. */
    private void read(final int offset, final int length, final String what) throws IOException {
        block.clear().position(offset).limit(offset + length);
        while (block.hasRemaining()) {
            if (source.read(block) < 0) {
                throw damaged("the file ends within " + what);
            }
        }
        block.flip();
    }

    private static ByteBuffer buffer(final int length) {
        return ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] content() {
        final byte[] content = new byte[block.remaining()];
        block.get(content);
        return content;
    }

    private SnapshotDamagedException damaged(final String reason) {
        return new SnapshotDamagedException(Math.max(0, number), position, reason);
    }

    public SnapshotHead head() {
        return head;
    }

    public byte[] index() {
        return index.clone();
    }

    /** Bytes of the whole file. */
    public long fileLength() {
        return fileLength;
    }

    /** The next bytes of the state; -1 after the last. */
    @Override
    public int read(final ByteBuffer target) throws IOException {
        if (!hasState()) {
            return -1;
        }
        final int count = Math.min(target.remaining(), block.remaining());
        final int limit = block.limit();
        target.put(block.limit(block.position() + count));
        block.limit(limit);
        return count;
    }

    private boolean hasState() throws IOException {
        while (kind == SnapshotFormat.STATE && !block.hasRemaining()) {
            nextBlock();
        }
        if (kind != SnapshotFormat.STATE && kind != SnapshotFormat.END) {
            throw damaged("a block of kind " + SnapshotFormat.nameOf(kind) + " cannot stand here");
        }
        return kind == SnapshotFormat.STATE;
    }

    /** Reads to the end, checks the whole, and answers how many bytes of state nobody had read before. */
    public long finish() throws IOException {
        long left = 0;
        while (hasState()) {
            left += block.remaining();
            block.position(block.limit());
        }
        final int at = SnapshotFormat.HEADER_LENGTH;
        if (block.limit() != at + SnapshotFormat.END_LENGTH || next != fileLength) {
            throw damaged("this end is not the end of the file");
        }
        if (block.getLong(at + SnapshotFormat.END_STATE_LENGTH_OFFSET) != stateLength) {
            throw damaged("the state has " + stateLength + " bytes and not as many as were written");
        }
        if (block.getInt(at + SnapshotFormat.END_CRC_OFFSET) != wholeBeforeBlock) {
            throw damaged("the checksum over the whole file is wrong");
        }
        return left;
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
