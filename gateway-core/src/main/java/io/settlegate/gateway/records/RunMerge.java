package io.settlegate.gateway.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/**
 * Makes one run of several neighbours. Reads each through a buffer of its own and checks its blocks.
 *
 * <p>One thread; blocks on the disk.
 */
final class RunMerge {
    private static final int BLOCKS_PER_READ = 16;

    private RunMerge() {}

    /** The entries of one run, in their order. */
    private static final class Source implements AutoCloseable {
        private final Path file;
        private final FileChannel channel;
        private final CRC32C crc = new CRC32C();
        private final ByteBuffer blocks =
                ByteBuffer.allocate(BLOCKS_PER_READ * RunFormat.BLOCK_LENGTH).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        private int nextBlock = 1;
        private long left;
        private int blockStart;
        private int inBlock;
        private int inBlockCount;
        private long hash;
        private long sequence;

        Source(final Run run) throws IOException {
            file = run.file();
            channel = FileChannel.open(file, StandardOpenOption.READ);
            left = run.entryCount();
            blocks.limit(0);
        }

        /** Moves to the next entry; false behind the last. */
        boolean next() throws IOException {
            if (left == 0) {
                return false;
            }
            if (inBlock == inBlockCount) {
                nextBlock();
            }
            final int at = blockStart + inBlock * RunFormat.ENTRY_LENGTH;
            hash = blocks.getLong(at);
            sequence = blocks.getLong(at + Long.BYTES);
            inBlock++;
            left--;
            return true;
        }

        private void nextBlock() throws IOException {
            blockStart += RunFormat.BLOCK_LENGTH;
            if (blockStart >= blocks.limit()) {
                blocks.clear();
                while (blocks.hasRemaining()
                        && channel.read(blocks, (long) nextBlock * RunFormat.BLOCK_LENGTH + blocks.position()) > 0) {
                    // Until it is full, or the file ends.
                }
                blocks.flip();
                blockStart = 0;
            }
            if (blocks.limit() - blockStart < RunFormat.BLOCK_LENGTH) {
                throw new IndexDamagedException(file, "ends within block " + nextBlock);
            }
            crc.reset();
            crc.update(blocks.array(), blockStart, RunFormat.CRC_OFFSET);
            inBlockCount = blocks.getInt(blockStart + RunFormat.COUNT_OFFSET);
            if ((int) crc.getValue() != blocks.getInt(blockStart + RunFormat.CRC_OFFSET)
                    || blocks.getInt(blockStart + RunFormat.NUMBER_OFFSET) != nextBlock
                    || inBlockCount < 1
                    || inBlockCount > RunFormat.ENTRIES_PER_BLOCK) {
                throw new IndexDamagedException(file, "block " + nextBlock + " is damaged");
            }
            inBlock = 0;
            nextBlock++;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /**
     * Writes the entries of neighbours, oldest first, to a file.
     *
     * @param isStopped asked now and then: true ends it.
     * @return false if it was stopped; the file is of no use then.
     */
    static boolean merge(
            final List<Run> runs, final byte[] founding, final Path target, final BooleanSupplier isStopped)
            throws IOException {
        final Source[] sources = new Source[runs.size()];
        int count = 0;
        try (RunWriter writer = new RunWriter(target)) {
            for (final Run run : runs) {
                sources[count] = new Source(run);
                count++;
            }
            int live = 0;
            for (int i = 0; i < count; i++) {
                if (sources[i].next()) {
                    swap(sources, i, live++);
                }
            }
            long taken = 0;
            while (live > 0) {
                int least = 0;
                for (int i = 1; i < live; i++) {
                    if (RunFormat.compare(
                                    sources[i].hash, sources[i].sequence, sources[least].hash, sources[least].sequence)
                            < 0) {
                        least = i;
                    }
                }
                writer.add(sources[least].hash, sources[least].sequence);
                if (!sources[least].next()) {
                    swap(sources, least, --live);
                }
                if ((++taken & 0xffff) == 0 && isStopped.getAsBoolean()) {
                    return false;
                }
            }
            final Run newest = runs.get(runs.size() - 1);
            writer.finish(founding, newest.sealHash(), runs.get(0).firstSequence(), newest.lastSequence());
            return true;
        } finally {
            for (int i = 0; i < count; i++) {
                sources[i].close();
            }
        }
    }

    private static void swap(final Source[] sources, final int one, final int other) {
        final Source kept = sources[one];
        sources[one] = sources[other];
        sources[other] = kept;
    }
}
