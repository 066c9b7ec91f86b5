package io.settlegate.gateway;

import io.settlegate.gateway.metrics.SnapshotMeter;
import io.settlegate.journal.snapshot.SnapshotHead;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has snapshots made by a process beside a running gateway, one at a time, and looks which one is the newest, whoever made it.
 *
 * <p>A thread of its own, which waits for the process and holds nobody up. A snapshot that fails is logged and counted, and is
 * otherwise no harm: the next start reads more of the journal.
 */
final class SnapshotSchedule implements AutoCloseable {
    /** Ten million persons and a day of records take minutes; longer than this something is wrong. */
    static final long DEADLINE_MS = TimeUnit.HOURS.toMillis(1);

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSchedule.class);
    private static final long LOOK_INTERVAL_MS = 60_000;
    private static final int STOP_TIMEOUT_MS = 10_000;

    private final Path data;
    private final SnapshotChild child;
    private final SnapshotMeter meter;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "snapshots");
        thread.setDaemon(true);
        return thread;
    });
    private long newest = -1;

    private SnapshotSchedule(final Path data, final SnapshotChild child, final SnapshotMeter meter) {
        this.data = data;
        this.child = child;
        this.meter = meter;
    }

    /** @param intervalMs from the end of one to the beginning of the next; 0 makes none and looks only. */
    static SnapshotSchedule start(
            final Path data, final long intervalMs, final long deadlineMs, final SnapshotMeter meter) {
        final SnapshotSchedule schedule = new SnapshotSchedule(data, new SnapshotChild(data, deadlineMs), meter);
        schedule.executor.scheduleWithFixedDelay(schedule::look, 0, LOOK_INTERVAL_MS, TimeUnit.MILLISECONDS);
        if (intervalMs > 0) {
            schedule.executor.scheduleWithFixedDelay(schedule::make, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
        }
        return schedule;
    }

    private void make() {
        final long startNs = System.nanoTime();
        try {
            final SnapshotChild.Ending ending = child.run();
            final long tookNs = System.nanoTime() - startNs;
            if (ending.isGood()) {
                meter.made(tookNs);
                look();
                LOG.info("snapshot up to record {} in {} ms", newest, TimeUnit.NANOSECONDS.toMillis(tookNs));
            } else {
                meter.failed(tookNs);
                LOG.warn(
                        "no snapshot was made: {}. The gateway goes on; a start would read from record {} on",
                        ending.words(),
                        newest + 1);
            }
        } catch (final InterruptedException e) {
            // The gateway stops, and the process with it.
            Thread.currentThread().interrupt();
        } catch (final RuntimeException e) {
            meter.failed(System.nanoTime() - startNs);
            LOG.warn("no snapshot was made; the gateway goes on", e);
        }
    }

    private void look() {
        try (Store store = new DataDirectory(data).store()) {
            final List<Long> sequences = store.snapshots().sequences();
            final long sequence = sequences.isEmpty() ? -1 : sequences.get(sequences.size() - 1);
            if (sequence != newest && sequence >= 0) {
                final SnapshotHead head = SnapshotListing.headOf(store, sequence);
                meter.newest(head.lastSequence(), head.timeMs());
            }
            newest = sequence;
        } catch (final IOException | StoreException e) {
            LOG.warn("the newest snapshot cannot be read: {}", e.getMessage());
        }
    }

    /** Ends a process that is under way. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
