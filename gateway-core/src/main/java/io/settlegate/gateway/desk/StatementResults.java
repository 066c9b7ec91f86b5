package io.settlegate.gateway.desk;

import io.settlegate.gateway.reconciliation.SpillKey;
import io.settlegate.gateway.records.AnswersMissingException;
import io.settlegate.gateway.records.CoveredIndex;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.journal.Journal;
import io.settlegate.journal.JournalReader;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.store.PrivateFiles;
import io.settlegate.journal.store.Space;
import io.settlegate.protocol.codec.StatementPageEncoder.DifferencesEncoder;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What the comparisons of statements found, as files that are made of the journal when somebody first asks, and again after a start. They
 * name persons: only the owner may read them, and those of an earlier run are removed.
 *
 * <p>Asked by the desk's thread alone, which waits for a comparison only a moment; the comparisons are made one after the other by the
 * thread {@code statements}, for each institution one at a time. Disk: results of at most a gigabyte together, or one that is larger, and
 * what one comparison spills; a comparison is not begun, and is given up, where the disk has no room for writes.
 */
public final class StatementResults {
    private static final int MAX_WAITING = 64;
    private static final int MAX_RESULTS = 128;
    /** Of all results, in bytes. */
    private static final long MAX_LENGTH = 1L << 30;

    private static final int RECORDS_A_CHECK = 1 << 12;
    private static final long PATIENCE_MS = 50;
    private static final long END_LOOK_MS = 50;
    private static final long END_LOOKS = 10_000 / END_LOOK_MS;
    private static final int BUFFER = 64 << 10;
    private static final int BLOCK_LENGTH = DifferencesEncoder.sbeBlockLength();

    private final Path directory;
    private final Comparison comparison;
    private final Supplier<Space> space;
    private final long maxLength;
    private final Map<Long, Future<Result>> results = new LinkedHashMap<>();
    /** The comparison that an institution asked for last. */
    private final Map<String, Long> lastOf = new HashMap<>();

    private final ThreadPoolExecutor worker;
    /** Of the thread {@code statements}. */
    private long readCount;

    /**
     * A comparison that is done.
     *
     * @param count of differences.
     */
    record Result(Path file, int count) {
        /** Differences from {@code first} on, block behind block, as many as the array has room for and there are. */
        ByteBuffer read(final int first, final int atMost) throws IOException {
            final ByteBuffer blocks = ByteBuffer.allocate(Math.max(0, Math.min(atMost, count - first)) * BLOCK_LENGTH);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long position = (long) first * BLOCK_LENGTH;
                while (blocks.hasRemaining()) {
                    final int length = channel.read(blocks, position);
                    if (length < 0) {
                        throw new IOException(file + " is shorter than the comparison made it");
                    }
                    position += length;
                }
            }
            return blocks.flip();
        }
    }

    /** Compares the statement that a 3202 ended. */
    @FunctionalInterface
    interface Comparison {
        /** @return how many differences it wrote. */
        int compare(long detailsSequence, RecordIndex index, OutputStream out)
                throws IOException, AnswersMissingException;
    }

    /** Thrown through what reads the journal. */
    private static final class NoRoomException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoRoomException() {
            super("the disk is too full to compare statements");
        }
    }

    /** @param directory is made, and emptied. */
    public static StatementResults open(final Path directory, final Journal journal) throws IOException {
        // Used by the thread "statements" only.
        final JournalReader reader = journal.newReader();
        final SpillKey key = SpillKey.of(journal.genesis());
        final StatementResults[] results = new StatementResults[1];
        results[0] = open(
                directory,
                (detailsSequence, index, out) -> new UploadedStatement(
                                detailsSequence, index, sequence -> results[0].read(reader, sequence))
                        .compare(directory, key, out),
                journal::space,
                MAX_LENGTH);
        return results[0];
    }

    /** @param maxLength of all results, in bytes. */
    static StatementResults open(
            final Path directory, final Comparison comparison, final Supplier<Space> space, final long maxLength)
            throws IOException {
        PrivateFiles.createDirectories(directory);
        clear(directory);
        return new StatementResults(directory, comparison, space, maxLength);
    }

    private StatementResults(
            final Path directory, final Comparison comparison, final Supplier<Space> space, final long maxLength) {
        this.directory = directory;
        this.comparison = comparison;
        this.space = space;
        this.maxLength = maxLength;
        this.worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
            final Thread thread = new Thread(task, "statements");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Spill directories are left over where the process was killed. */
    private static void clear(final Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (final Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    clear(entry);
                }
                Files.delete(entry);
            }
        }
    }

    /**
     * What the comparison of a 3202 found.
     *
     * @param institution that asks.
     * @param indexing is asked by the thread {@code statements} too.
     * @throws PageLaterException if it is not done yet.
     */
    Result of(final long detailsSequence, final String institution, final CoveredIndex indexing)
            throws IOException, AnswersMissingException, PageLaterException {
        Future<Result> result = results.get(detailsSequence);
        if (result == null) {
            checkBegin(institution);
            try {
                result = worker.submit(() -> compare(detailsSequence, indexing));
            } catch (final RejectedExecutionException e) {
                throw new PageLaterException("too many statements wait to be compared");
            }
            results.put(detailsSequence, result);
            lastOf.put(institution, detailsSequence);
        }
        try {
            final Result done = result.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            removeOld(detailsSequence);
            return done;
        } catch (final TimeoutException e) {
            throw new PageLaterException("the statement is being compared");
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PageLaterException("the gateway is stopping");
        } catch (final ExecutionException e) {
            // The next one who asks has it compared again.
            results.remove(detailsSequence);
            if (e.getCause() instanceof NoRoomException) {
                throw new PageLaterException(e.getCause().getMessage());
            }
            throw failure(e.getCause());
        }
    }

    private static IOException failure(final Throwable cause) throws AnswersMissingException, PageLaterException {
        if (cause instanceof PageLaterException later) {
            throw later;
        }
        if (cause instanceof AnswersMissingException missing) {
            throw missing;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof IOException io ? io : new IOException("a statement could not be compared", cause);
    }

    private void checkBegin(final String institution) throws PageLaterException {
        final Future<Result> last = results.get(lastOf.getOrDefault(institution, 0L));
        if (last != null && !last.isDone()) {
            throw new PageLaterException("another statement of the institution is being compared");
        }
        if (!space.get().hasRoomForWrites()) {
            throw new PageLaterException(new NoRoomException().getMessage());
        }
    }

    /** All but the one that is asked for now, the oldest ones first, until the others are few and small enough. */
    private void removeOld(final long asked) throws IOException {
        long length = 0;
        for (final long each : results.keySet()) {
            length += lengthOf(each);
        }
        final Iterator<Map.Entry<Long, Future<Result>>> oldest =
                results.entrySet().iterator();
        while ((length > maxLength || results.size() > MAX_RESULTS) && oldest.hasNext()) {
            final Map.Entry<Long, Future<Result>> each = oldest.next();
            if (each.getKey() != asked && each.getValue().isDone()) {
                length -= lengthOf(each.getKey());
                Files.deleteIfExists(file(each.getKey()));
                oldest.remove();
                lastOf.values().remove(each.getKey());
            }
        }
    }

    private long lengthOf(final long detailsSequence) throws IOException {
        final Path file = file(detailsSequence);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private Path file(final long detailsSequence) {
        return directory.resolve(detailsSequence + ".found");
    }

    /** Where a part of the index was set aside meanwhile, records may have been missing: then it is done again for who asks next. */
    private Result compare(final long detailsSequence, final CoveredIndex indexing)
            throws IOException, AnswersMissingException, PageLaterException {
        checkRoom();
        final int drops = indexing.dropCount();
        final RecordIndex index = indexing.await(detailsSequence, 0);
        if (index == null) {
            throw new PageLaterException("the index is made anew");
        }
        final Path file = file(detailsSequence);
        try {
            final Result result = compare(detailsSequence, index, file);
            if (indexing.dropCount() == drops) {
                return result;
            }
        } catch (final AnswersMissingException e) {
            if (indexing.dropCount() == drops) {
                throw e;
            }
        }
        Files.deleteIfExists(file);
        throw new PageLaterException("a part of the index was set aside while the statement was compared");
    }

    private Result compare(final long detailsSequence, final RecordIndex index, final Path file)
            throws IOException, AnswersMissingException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out =
                new BufferedOutputStream(checked(Files.newOutputStream(file, StandardOpenOption.WRITE)), BUFFER)) {
            final int count = comparison.compare(detailsSequence, index, out);
            out.flush();
            return new Result(file, count);
        } catch (final IOException | AnswersMissingException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Each write is of a full buffer but for the last one. */
    private OutputStream checked(final OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(final byte[] bytes, final int offset, final int length) throws IOException {
                checkRoom();
                out.write(bytes, offset, length);
            }
        };
    }

    private void checkRoom() {
        if (!space.get().hasRoomForWrites()) {
            throw new NoRoomException();
        }
    }

    /** What is read is spilled. */
    private RecordView read(final JournalReader reader, final long sequence) {
        if (worker.isShutdown()) {
            throw new IllegalStateException("the gateway is stopping");
        }
        if (readCount++ % RECORDS_A_CHECK == 0) {
            checkRoom();
        }
        return reader.read(sequence);
    }

    /**
     * Ends the comparison that runs, and removes the files.
     *
     * @return false if that took too long.
     */
    boolean end() {
        // Not interrupted: that would close the channels of the index under everybody.
        worker.shutdown();
        worker.getQueue().clear();
        try {
            for (long i = 0; i < END_LOOKS; i++) {
                // It fails at the next record that it reads, or at the next file of rows that it wants to read: they
                // are gone.
                clearQuietly();
                if (worker.awaitTermination(END_LOOK_MS, TimeUnit.MILLISECONDS)) {
                    clearQuietly();
                    return true;
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void clearQuietly() {
        try {
            clear(directory);
        } catch (final IOException | DirectoryIteratorException e) {
            // The comparison removes files too. What is left goes at the next look, or at the next start.
        }
    }
}
