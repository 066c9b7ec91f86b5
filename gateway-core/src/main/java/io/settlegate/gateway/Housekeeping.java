package io.settlegate.gateway;

import io.settlegate.gateway.metrics.GatewayStatus;
import io.settlegate.gateway.pipeline.FatalExit;
import io.settlegate.gateway.transport.Admission;
import io.settlegate.journal.DurableMark;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Space;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What is done beside the line, on a thread of its own: the head note when the line is idle, and every few seconds when it is
 * not; the journal's room; whether the clock is believed; at level {@code process} the force that no reply waits for; the
 * segment in which the journal goes on when the one being written is long enough.
 *
 * <p>Blocks on the disk. What it throws is fatal for the process.
 */
final class Housekeeping implements AutoCloseable {
    private static final int TICK_MS = 250;
    /** A head note costs two forces; under load one in so many ticks keeps what a torn tail may hide small. */
    private static final int TICKS_PER_NOTE_UNDER_LOAD = 8;

    private static final int STOP_TIMEOUT_MS = 5_000;

    private final Journal journal;
    private final Admission admission;
    private final GatewayStatus status;
    private final Clock clock;
    private final long clockJumpLimitMs;
    private final int ticksPerNote;
    private final long segmentLength;
    private final FatalExit fatalExit;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "housekeeping");
        thread.setDaemon(true);
        return thread;
    });
    private DurableMark noted;
    private DurableMark previous;
    private int ticksSinceNote;

    Housekeeping(
            final Journal journal,
            final Admission admission,
            final GatewayStatus status,
            final Clock clock,
            final long clockJumpLimitMs,
            final int backgroundForceMs,
            final long segmentLength,
            final FatalExit fatalExit) {
        this.journal = journal;
        this.admission = admission;
        this.status = status;
        this.clock = clock;
        this.clockJumpLimitMs = clockJumpLimitMs;
        this.ticksPerNote =
                journal.level().isForced() ? TICKS_PER_NOTE_UNDER_LOAD : Math.max(1, backgroundForceMs / TICK_MS);
        this.segmentLength = segmentLength;
        this.fatalExit = fatalExit;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            look();
            journal.tendSegments(segmentLength);
            if (journal.level() != DurabilityLevel.NONE) {
                noteHead();
            }
        } catch (final Throwable e) {
            // An Error too: the executor would swallow it and never tick again.
            fatalExit.exit("housekeeping", e);
        }
    }

    /** Looks at what limits the work; also called once before the gateway listens. */
    void look() {
        final Space space = journal.space();
        admission.journalSpace(space);
        final long sinceLastMs = clock.millis() - journal.durableMark().seal().timeMs();
        status.limited(!space.hasRoomForWrites(), sinceLastMs > clockJumpLimitMs);
    }

    /** Where commits are not forced this forces them too. */
    @SuppressWarnings("ReferenceEquality") // each seal publishes a mark of its own
    private void noteHead() {
        final DurableMark mark = journal.durableMark();
        ticksSinceNote++;
        final boolean idle = mark == previous;
        previous = mark;
        if (mark != noted && (idle || ticksSinceNote >= ticksPerNote)) {
            journal.forceInBackground();
            noted = mark;
            ticksSinceNote = 0;
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
