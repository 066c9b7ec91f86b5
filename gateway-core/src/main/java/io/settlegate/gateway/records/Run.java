package io.settlegate.gateway.records;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A run that is read. Each block is checked when it is read.
 *
 * <p>One thread at a time; blocks on the disk. A damaged block is an {@link IndexDamagedException}.
 */
final class Run implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final byte[] founding;
    private final byte[] sealHash;
    private final long firstSequence;
    private final long lastSequence;
    private final long entryCount;
    private final int[] levels;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer block = RunFormat.newBlock();
    private int loaded = -1;

    private Run(final Path file, final FileChannel channel, final ByteBuffer header) {
        this.file = file;
        this.channel = channel;
        this.founding = new byte[32];
        this.sealHash = new byte[32];
        header.get(RunFormat.FOUNDING_OFFSET, founding).get(RunFormat.SEAL_OFFSET, sealHash);
        this.firstSequence = header.getLong(RunFormat.FIRST_OFFSET);
        this.lastSequence = header.getLong(RunFormat.LAST_OFFSET);
        this.entryCount = header.getLong(RunFormat.ENTRY_COUNT_OFFSET);
        this.levels = RunFormat.levels(entryCount);
    }

    /** Opens a finished file. @throws IndexDamagedException if it is none of this format, or not whole. */
    static Run open(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            final ByteBuffer header = RunFormat.newBlock();
            final CRC32C crc = new CRC32C();
            if (channel.read(header, 0) != RunFormat.BLOCK_LENGTH
                    || header.getInt(0) != RunFormat.MAGIC
                    || header.getInt(RunFormat.CRC_OFFSET) != RunFormat.checksum(crc, header)) {
                throw new IndexDamagedException(file, "the header is not whole");
            }
            if (header.getShort(RunFormat.FORMAT_OFFSET) != RunFormat.FORMAT) {
                throw new IndexDamagedException(
                        file, "format " + header.getShort(RunFormat.FORMAT_OFFSET) + " is not known to this release");
            }
            final Run run = new Run(file, channel, header);
            final long length = (1L + Arrays.stream(run.levels).asLongStream().sum()) * RunFormat.BLOCK_LENGTH;
            if (channel.size() != length) {
                throw new IndexDamagedException(file, channel.size() + " bytes, and " + length + " by its header");
            }
            return run;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    boolean isOf(final byte[] journal) {
        return Arrays.equals(founding, journal);
    }

    byte[] sealHash() {
        return sealHash.clone();
    }

    long firstSequence() {
        return firstSequence;
    }

    long lastSequence() {
        return lastSequence;
    }

    long entryCount() {
        return entryCount;
    }

    long length() {
        return (1L + Arrays.stream(levels).asLongStream().sum()) * RunFormat.BLOCK_LENGTH;
    }

    /** Shows entries from a place on, in their order, until the taker says false. */
    void from(final long hash, final long sequence, final EntryTaker taker) throws IOException {
        if (entryCount == 0) {
            return;
        }
        long index = lowerBound(hash, sequence);
        while (index < entryCount) {
            load(1 + (int) (index / RunFormat.ENTRIES_PER_BLOCK), 0);
            final int at = (int) (index % RunFormat.ENTRIES_PER_BLOCK) * RunFormat.ENTRY_LENGTH;
            if (!taker.take(block.getLong(at), block.getLong(at + Long.BYTES))) {
                return;
            }
            index++;
        }
    }

    /** Takes an entry; false ends it. */
    @FunctionalInterface
    interface EntryTaker {
        boolean take(long hash, long sequence) throws IOException;
    }

    /** Index of the first entry that does not stand before a place; the number of entries where all do. */
    private long lowerBound(final long hash, final long sequence) throws IOException {
        int child = 0;
        for (int level = levels.length - 1; level > 0; level--) {
            load(blockOf(level, child), level);
            child = child * RunFormat.ENTRIES_PER_BLOCK + Math.max(0, firstNotBefore(hash, sequence, true) - 1);
        }
        load(blockOf(0, child), 0);
        return (long) child * RunFormat.ENTRIES_PER_BLOCK + firstNotBefore(hash, sequence, false);
    }

    private int blockOf(final int level, final int index) {
        int number = 1 + index;
        for (int below = 0; below < level; below++) {
            number += levels[below];
        }
        return number;
    }

    /** In the block that is loaded: index of the first entry at or behind a place, or behind it. */
    private int firstNotBefore(final long hash, final long sequence, final boolean isBehind) {
        int low = 0;
        int high = block.getInt(RunFormat.COUNT_OFFSET);
        while (low < high) {
            final int middle = (low + high) >>> 1;
            final int at = middle * RunFormat.ENTRY_LENGTH;
            final int order = RunFormat.compare(block.getLong(at), block.getLong(at + Long.BYTES), hash, sequence);
            if (order < 0 || (isBehind && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void load(final int number, final int level) throws IOException {
        if (loaded == number) {
            return;
        }
        loaded = -1;
        block.clear();
        while (block.hasRemaining()) {
            if (channel.read(block, (long) number * RunFormat.BLOCK_LENGTH + block.position()) < 0) {
                throw new EOFException(file + " ends within block " + number);
            }
        }
        final int count = block.getInt(RunFormat.COUNT_OFFSET);
        if (block.getInt(RunFormat.CRC_OFFSET) != RunFormat.checksum(crc, block)
                || block.getInt(RunFormat.NUMBER_OFFSET) != number
                || block.getInt(RunFormat.LEVEL_OFFSET) != level
                || count < 1
                || count > RunFormat.ENTRIES_PER_BLOCK) {
            throw new IndexDamagedException(file, "block " + number + " is damaged");
        }
        loaded = number;
    }

    /** Reads every block. @throws IndexDamagedException at the first that is not as it was written. */
    void check() throws IOException {
        final long[] last = new long[2];
        final long[] count = {0};
        from(0, Long.MIN_VALUE, (hash, sequence) -> {
            if (count[0] > 0 && RunFormat.compare(last[0], last[1], hash, sequence) >= 0) {
                throw new IndexDamagedException(file, "entries out of order");
            }
            last[0] = hash;
            last[1] = sequence;
            count[0]++;
            return true;
        });
        if (count[0] != entryCount) {
            throw new IndexDamagedException(file, count[0] + " entries, and " + entryCount + " by its header");
        }
        for (int level = 1; level < levels.length; level++) {
            for (int index = 0; index < levels[level]; index++) {
                load(blockOf(level, index), level);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
