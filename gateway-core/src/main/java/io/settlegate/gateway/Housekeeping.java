package io.settlegate.gateway;

import io.settlegate.gateway.pipeline.FatalExit;
import io.settlegate.gateway.transport.Admission;
import io.settlegate.journal.DurableMark;
import io.settlegate.journal.Journal;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What is done beside the line, on a thread of its own: the head note when the line is idle, and every few seconds when it is
 * not; the journal's room.
 */
final class Housekeeping implements AutoCloseable {
    private static final int TICK_MS = 250;
    /** A head note costs two forces; under load one in so many ticks keeps what a torn tail may hide small. */
    private static final int TICKS_PER_NOTE_UNDER_LOAD = 8;

    private static final int STOP_TIMEOUT_MS = 5_000;

    private final Journal journal;
    private final Admission admission;
    private final FatalExit fatalExit;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "housekeeping");
        thread.setDaemon(true);
        return thread;
    });
    private DurableMark noted;
    private DurableMark previous;
    private int ticksSinceNote;

    Housekeeping(final Journal journal, final Admission admission, final FatalExit fatalExit) {
        this.journal = journal;
        this.admission = admission;
        this.fatalExit = fatalExit;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            admission.journalHasRoom(journal.hasRoom());
            noteHead();
        } catch (final RuntimeException e) {
            fatalExit.exit("housekeeping", e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // each seal publishes a mark of its own
    private void noteHead() {
        final DurableMark mark = journal.durableMark();
        ticksSinceNote++;
        final boolean idle = mark == previous;
        previous = mark;
        if (mark != noted && (idle || ticksSinceNote >= TICKS_PER_NOTE_UNDER_LOAD)) {
            journal.writeHeadNote();
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
