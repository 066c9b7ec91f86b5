package io.settlegate.gateway.records;

import io.settlegate.journal.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes one run, entry by entry in their order, as {@link RunFormat} draws it. The header comes last, so that a file which was
 * not finished has none.
 *
 * <p>One thread; blocks on the disk, which it is given the bytes in steps, so that no single force is long: the journal forces the
 * same disk.
 */
final class RunWriter implements AutoCloseable {
    private static final int BLOCKS_PER_WRITE = 64;
    private static final long FORCE_STEP_LENGTH = 8 << 20;

    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer block = RunFormat.newBlock();
    private final ByteBuffer writes = ByteBuffer.allocateDirect(BLOCKS_PER_WRITE * RunFormat.BLOCK_LENGTH);
    private long unforcedLength;
    private int blockNumber;
    private int level;
    private int inBlockCount;
    private long entryCount;
    private long lastHash;
    private long lastSequence;
    /** First entries of the blocks of the level being written. */
    private long[] fenceHashes = new long[64];

    private long[] fenceSequences = new long[64];
    private int fenceCount;

    RunWriter(final Path file) throws IOException {
        channel = PrivateFiles.create(file);
        writes.put(new byte[RunFormat.BLOCK_LENGTH]);
        blockNumber = 1;
    }

    /** @throws IllegalArgumentException if the entry does not stand behind the one before. */
    void add(final long hash, final long sequence) throws IOException {
        if (entryCount > 0 && RunFormat.compare(lastHash, lastSequence, hash, sequence) >= 0) {
            throw new IllegalArgumentException("entries out of order at sequence " + sequence);
        }
        lastHash = hash;
        lastSequence = sequence;
        entryCount++;
        put(hash, sequence);
    }

    private void put(final long hash, final long sequence) throws IOException {
        if (inBlockCount == 0) {
            fence(hash, sequence);
        }
        block.putLong(hash).putLong(sequence);
        inBlockCount++;
        if (inBlockCount == RunFormat.ENTRIES_PER_BLOCK) {
            endBlock();
        }
    }

    private void fence(final long hash, final long sequence) {
        if (fenceCount == fenceHashes.length) {
            fenceHashes = Arrays.copyOf(fenceHashes, 2 * fenceCount);
            fenceSequences = Arrays.copyOf(fenceSequences, 2 * fenceCount);
        }
        fenceHashes[fenceCount] = hash;
        fenceSequences[fenceCount] = sequence;
        fenceCount++;
    }

    private void endBlock() throws IOException {
        while (block.position() < RunFormat.COUNT_OFFSET) {
            block.putLong(0);
        }
        block.putInt(inBlockCount).putInt(blockNumber).putInt(level);
        block.putInt(RunFormat.CRC_OFFSET, RunFormat.checksum(crc, block));
        block.clear();
        writes.put(block);
        block.clear();
        inBlockCount = 0;
        blockNumber++;
        if (!writes.hasRemaining()) {
            write();
        }
    }

    private void write() throws IOException {
        writes.flip();
        while (writes.hasRemaining()) {
            unforcedLength += channel.write(writes);
        }
        writes.clear();
        if (unforcedLength >= FORCE_STEP_LENGTH) {
            channel.force(false);
            unforcedLength = 0;
        }
    }

    /** Writes the tree and the header, and forces the file. */
    void finish(final byte[] founding, final byte[] sealHash, final long first, final long last) throws IOException {
        while (true) {
            if (inBlockCount > 0) {
                endBlock();
            }
            if (fenceCount <= 1) {
                break;
            }
            final long[] hashes = Arrays.copyOf(fenceHashes, fenceCount);
            final long[] sequences = Arrays.copyOf(fenceSequences, fenceCount);
            fenceCount = 0;
            level++;
            for (int i = 0; i < hashes.length; i++) {
                put(hashes[i], sequences[i]);
            }
        }
        write();
        block.put(new byte[RunFormat.BLOCK_LENGTH]).clear();
        block.putInt(RunFormat.MAGIC).putShort((short) RunFormat.FORMAT);
        block.put(RunFormat.FOUNDING_OFFSET, founding).put(RunFormat.SEAL_OFFSET, sealHash);
        block.putLong(RunFormat.FIRST_OFFSET, first).putLong(RunFormat.LAST_OFFSET, last);
        block.putLong(RunFormat.ENTRY_COUNT_OFFSET, entryCount);
        block.putInt(RunFormat.CRC_OFFSET, RunFormat.checksum(crc, block));
        block.clear();
        channel.write(block, 0);
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
