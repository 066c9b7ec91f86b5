package io.settlegate.gateway.records;

import io.settlegate.journal.RecordArchivedException;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index of a running gateway up to the durable mark: the thread {@code records-index} reads the journal's files behind the
 * line, {@code records-merge} makes larger runs of small ones. Neither holds up the line, a start, or a stop.
 *
 * <p>A failure of either, a full disk too, ends both threads, is logged once, and is for whoever asks ({@link #hasFailed()}); the gateway
 * goes on, and the next start goes on with the index. To add without merging would open files without end. While the index is far behind, at a start over a long journal, it works half of the time.
 */
public final class IndexThread implements CoveredIndex, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexThread.class);
    /** How long a record waits for its index if nobody asks. */
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long SHORT_REST_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long MERGE_REST_NS = TimeUnit.MILLISECONDS.toNanos(250);
    /** More records than this: it has to catch up. */
    private static final long FAR = 50_000;

    private static final int BATCHES_AT_ONCE = 16;
    private static final long STOP_TIMEOUT_MS = 5_000;

    private final Store store;
    private final Path directory;
    private final LongSupplier durableSequence;
    private final Thread adding = thread(this::add, "records-index");
    private final Thread merging = thread(this::merge, "records-merge");
    private final Object news = new Object();
    private volatile RecordIndex index;
    private volatile long coveredThrough = -1;
    /** Runs that were set aside and whose part of the index is on its way again. */
    private volatile int servedDrops;

    private volatile boolean isStopped;
    private volatile boolean hasFailed;
    private volatile long waitedFor = -1;

    private IndexThread(final Store store, final Path directory, final LongSupplier durableSequence) {
        this.store = store;
        this.directory = directory;
        this.durableSequence = durableSequence;
    }

    /**
     * Starts both threads.
     *
     * @param durableSequence the newest sequence that may be shown.
     */
    public static IndexThread start(final Store store, final Path directory, final LongSupplier durableSequence) {
        final IndexThread started = new IndexThread(store, directory, durableSequence);
        started.adding.start();
        started.merging.start();
        return started;
    }

    private static Thread thread(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void add() {
        try (JournalIndexing indexing = JournalIndexing.open(store, directory, RecordIndex.Access.WRITE)) {
            index = indexing.index();
            tell(indexing);
            while (!isStopped && !hasFailed) {
                addSome(indexing);
            }
            if (!hasFailed) {
                index.flush();
            }
        } catch (final Throwable e) {
            // An Error too: nobody else would hear of it.
            fail(e);
        }
    }

    private void addSome(final JournalIndexing indexing) throws IOException {
        final int drops = index.dropCount();
        if (drops != servedDrops) {
            indexing.lookAgain();
            coveredThrough = indexing.coveredThrough();
            servedDrops = drops;
        }
        final long startNs = System.nanoTime();
        int count = 0;
        try {
            while (count < BATCHES_AT_ONCE && indexing.addBatch()) {
                count++;
            }
        } catch (final RecordArchivedException e) {
            // It was removed while it was read. What is left begins later.
            indexing.reopen();
        }
        tell(indexing);
        final long behind = durableSequence.getAsLong() - coveredThrough;
        if (behind <= 0) {
            rest();
        } else if (count == 0) {
            // The mark in the journal's directory is not as new as the gateway's own yet.
            LockSupport.parkNanos(SHORT_REST_NS);
        } else if (behind > FAR) {
            LockSupport.parkNanos(System.nanoTime() - startNs);
        }
        while (index.isMergeBehind() && !isStopped && !hasFailed) {
            LockSupport.parkNanos(MERGE_REST_NS);
        }
    }

    private void tell(final JournalIndexing indexing) {
        coveredThrough = indexing.coveredThrough();
        if (waitedFor >= 0) {
            synchronized (news) {
                news.notifyAll();
            }
        }
    }

    /** Until somebody waits for a record, or a while. */
    private void rest() {
        if (waitedFor <= coveredThrough) {
            LockSupport.parkNanos(REST_NS);
        }
    }

    private void merge() {
        try {
            while (!isStopped && !hasFailed) {
                final RecordIndex opened = index;
                if (opened == null || !opened.merge(() -> isStopped || hasFailed)) {
                    LockSupport.parkNanos(MERGE_REST_NS);
                }
            }
        } catch (final Throwable e) {
            fail(e);
        }
    }

    /** Ends both threads. */
    void fail(final Throwable cause) {
        final boolean isFirst;
        synchronized (news) {
            isFirst = !hasFailed;
            hasFailed = true;
            news.notifyAll();
        }
        LockSupport.unpark(adding);
        LockSupport.unpark(merging);
        if (isFirst && !isStopped) {
            LOG.error(
                    "the index of records failed: pages (5203, 9102) are refused until the next start; the gateway goes on",
                    cause);
        }
    }

    @Override
    public boolean hasFailed() {
        return hasFailed;
    }

    @Override
    public long coveredThrough() {
        return coveredThrough;
    }

    /** Runs on disk; 0 before it is open. */
    public int runCount() {
        final RecordIndex opened = index;
        return opened == null ? 0 : opened.runCount();
    }

    /** Bytes on disk; 0 before it is open. */
    public long length() {
        final RecordIndex opened = index;
        return opened == null ? 0 : opened.length();
    }

    @Override
    public int dropCount() {
        final RecordIndex opened = index;
        return opened == null ? 0 : opened.dropCount();
    }

    /** True once neither thread runs any more. */
    boolean hasEnded() {
        return !adding.isAlive() && !merging.isAlive();
    }

    @Override
    public RecordIndex await(final long sequence, final long timeoutMs) {
        if (isCovered(sequence)) {
            return hasFailed ? null : index;
        }
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        synchronized (news) {
            waitedFor = Math.max(waitedFor, sequence);
            LockSupport.unpark(adding);
            try {
                long leftNs = deadlineNs - System.nanoTime();
                while (!isCovered(sequence) && !hasFailed && leftNs > 0) {
                    news.wait(leftNs / 1_000_000 + 1);
                    leftNs = deadlineNs - System.nanoTime();
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return hasFailed || !isCovered(sequence) ? null : index;
        }
    }

    /** A run that was set aside has to be read from the journal again before anybody is answered. */
    private boolean isCovered(final long sequence) {
        final RecordIndex opened = index;
        return opened != null && opened.dropCount() == servedDrops && coveredThrough >= sequence;
    }

    /** Ends both threads; what was added last becomes a run. */
    @Override
    public void close() {
        isStopped = true;
        LockSupport.unpark(adding);
        LockSupport.unpark(merging);
        try {
            adding.join(STOP_TIMEOUT_MS);
            merging.join(STOP_TIMEOUT_MS);
            final RecordIndex opened = index;
            if (opened != null) {
                opened.close();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            LOG.warn("the index of records was not closed: {}", e.getMessage());
        }
    }
}
