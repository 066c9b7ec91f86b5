package io.settlegate.benchmarks;

import io.settlegate.journal.Journal;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A way to bring batches of records to the disk: the journal, or one of those that it is compared with. The others write records of
 * the same length with a checksum each, and no seal.
 *
 * <p>One thread; blocks on the disk. A batch has been forced when the next {@link #appendBatch} returns, or {@link #await} does.
 */
interface BatchAppender extends AutoCloseable {
    /** Parts of a settlement of three lines, as they are in a {@link SettledJournal}. */
    int COMMAND_LENGTH = 741;

    int OUTCOME_LENGTH = 636;
    int INTERNAL_LENGTH = 24;

    /** Header and end mark. */
    int FIXED_LENGTH = 56;

    int RECORD_LENGTH = COMMAND_LENGTH + OUTCOME_LENGTH + INTERNAL_LENGTH + FIXED_LENGTH;

    void appendBatch(int count) throws IOException;

    /** Blocks until the last batch has been forced. */
    default void await() {
        // Most force each batch before they return.
    }

    @Override
    void close() throws IOException;

    /** Records without a seal, each with a checksum over its bytes. */
    final class PlainRecord {
        private final byte[] bytes = new byte[RECORD_LENGTH];
        private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        private final CRC32C crc = new CRC32C();
        private long sequence;

        PlainRecord() {
            buffer.setMemory(0, RECORD_LENGTH, (byte) 'r');
        }

        UnsafeBuffer next() {
            sequence++;
            buffer.putLong(Integer.BYTES, sequence);
            crc.reset();
            crc.update(bytes, Integer.BYTES, RECORD_LENGTH - Integer.BYTES);
            buffer.putInt(0, (int) crc.getValue());
            return buffer;
        }
    }

    /** Who forces what the journal sealed. */
    enum Forcing {
        /** The thread that appends, before it goes on. */
        WITHIN,
        /** A thread of its own, as where the line's stages have one each: meanwhile the next batch is appended and hashed. */
        BESIDE
    }

    /** The journal: records, seal, force. One force for each seal, whoever forces. */
    final class Sealed implements BatchAppender {
        private final UnsafeBuffer command = new UnsafeBuffer(new byte[COMMAND_LENGTH]);
        private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[OUTCOME_LENGTH]);
        private final UnsafeBuffer internal = new UnsafeBuffer(new byte[INTERNAL_LENGTH]);
        private final Store store;
        private final Journal journal;
        private final long startMs;
        private final Semaphore sealed = new Semaphore(0);
        private final Semaphore forced = new Semaphore(1);
        private final Thread forcer = new Thread(this::forceEach, "force");
        private final Forcing forcing;
        private volatile boolean isClosed;

        Sealed(final Path path, final Forcing forcing) {
            this.forcing = forcing;
            store = ChronicleStore.in(path);
            journal = SampleJournal.open(store, DurabilityLevel.BATCH, new byte[0]);
            startMs = journal.lastTimeMs();
            forcer.setDaemon(true);
            forcer.start();
        }

        private void forceEach() {
            while (!isClosed) {
                sealed.acquireUninterruptibly();
                journal.makeDurable();
                forced.release();
            }
        }

        @Override
        public void appendBatch(final int count) {
            for (int i = 0; i < count; i++) {
                final long sequence = journal.nextSequence();
                command.putLong(0, sequence);
                journal.append(
                        sequence,
                        startMs + sequence,
                        1,
                        1,
                        command,
                        0,
                        COMMAND_LENGTH,
                        outcome,
                        0,
                        OUTCOME_LENGTH,
                        internal,
                        0,
                        INTERNAL_LENGTH);
            }
            if (forcing == Forcing.WITHIN) {
                journal.commit(1, 2);
            } else {
                forced.acquireUninterruptibly();
                journal.seal(1, 2);
                sealed.release();
            }
        }

        @Override
        public void await() {
            forced.acquireUninterruptibly();
            forced.release();
        }

        @Override
        public void close() {
            await();
            isClosed = true;
            sealed.release();
            forced.acquireUninterruptibly();
            forced.acquireUninterruptibly();
            journal.close();
            store.close();
        }
    }

    /** The same store, and no seals. */
    final class Unsealed implements BatchAppender {
        private final PlainRecord record = new PlainRecord();
        private final Store store;
        private final SegmentWriter writer;

        Unsealed(final Path path) throws IOException {
            Files.createDirectories(path);
            store = ChronicleStore.in(path);
            writer = store.createSegment(0);
        }

        @Override
        public void appendBatch(final int count) throws IOException {
            for (int i = 0; i < count; i++) {
                writer.append(record.next(), 0, RECORD_LENGTH);
            }
            writer.force();
        }

        @Override
        public void close() {
            writer.close();
            store.close();
        }
    }

    /** A Chronicle queue as it comes, but for the force, which is the store's. */
    final class BareQueue implements BatchAppender {
        private static final int BLOCK_LENGTH = 64 << 20;

        private final PlainRecord record = new PlainRecord();
        private final SingleChronicleQueue queue;
        private final ExcerptAppender appender;
        private FileChannel channel;
        private File file;

        BareQueue(final Path path) {
            queue = SingleChronicleQueueBuilder.binary(path)
                    .blockSize(BLOCK_LENGTH)
                    .rollCycle(RollCycles.FAST_DAILY)
                    .syncMode(SyncMode.NONE)
                    .build();
            appender = queue.createAppender();
        }

        @Override
        public void appendBatch(final int count) throws IOException {
            for (int i = 0; i < count; i++) {
                final byte[] bytes = record.next().byteArray();
                try (DocumentContext document = appender.writingDocument()) {
                    final Bytes<?> target = document.wire().bytes();
                    target.write(bytes, 0, RECORD_LENGTH);
                }
            }
            if (channel == null || !appender.currentFile().equals(file)) {
                file = appender.currentFile();
                channel = FileChannel.open(file.toPath(), StandardOpenOption.WRITE);
            }
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
            appender.close();
            queue.close();
        }
    }

    /** A file that was written in full before, so that a force has no block to allocate and no length to keep. */
    final class RawFile implements BatchAppender {
        private static final int CHUNK_LENGTH = 1 << 20;

        private final PlainRecord record = new PlainRecord();
        private final FileChannel channel;
        private final long length;
        private ByteBuffer batch = ByteBuffer.allocateDirect(CHUNK_LENGTH);
        private long position;

        RawFile(final Path path, final long length) throws IOException {
            this.length = length;
            channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            for (long at = 0; at < length; at += CHUNK_LENGTH) {
                batch.clear();
                channel.write(batch, at);
            }
            channel.force(true);
        }

        @Override
        public void appendBatch(final int count) throws IOException {
            final int batchLength = count * RECORD_LENGTH;
            if (batch.capacity() < batchLength) {
                batch = ByteBuffer.allocateDirect(batchLength);
            }
            batch.clear();
            for (int i = 0; i < count; i++) {
                batch.put(record.next().byteArray(), 0, RECORD_LENGTH);
            }
            batch.flip();
            if (position + batchLength > length) {
                position = 0;
            }
            channel.write(batch, position);
            position += batchLength;
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
