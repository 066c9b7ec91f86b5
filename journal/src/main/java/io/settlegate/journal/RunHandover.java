package io.settlegate.journal;

import java.util.ArrayDeque;

/**
 * Passes runs from the thread that reads a journal to the one that listens, in order, and back when they were told. There are
 * {@value #RUNS} of them: who is faster waits.
 *
 * <p>Two threads. The reader blocks in {@link #take} until a run is free, the listener in {@link #next} until one is full. Whatever
 * ends the reading reaches the listener's thread after the last run; a listener that throws cancels the reading.
 */
final class RunHandover {
    private static final int RUNS = 4;

    /** A run that grew beyond this is not kept, so that one large batch does not cost its memory four times for good. */
    private static final int MAX_KEPT_LENGTH = 1 << 24;

    /** Bytes on their way at most, if they are more than one run. */
    private static final long MAX_LENGTH = 1 << 26;

    private final ArrayDeque<CheckedRun> free = new ArrayDeque<>();
    private final ArrayDeque<CheckedRun> full = new ArrayDeque<>();
    private long lengthOnTheWay;
    private int countOnTheWay;
    private boolean isEnded;
    private boolean isCancelled;
    private Throwable failure;

    /** The listener's thread gave up: unwinds the reader, and is seen by nobody else. */
    static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CancelledException() {
            super("the listener does not listen any more", null, false, false);
        }
    }

    RunHandover() {
        for (int i = 0; i < RUNS; i++) {
            free.add(new CheckedRun());
        }
    }

    /**
     * An empty run. Reader's thread.
     *
     * @throws CancelledException if nobody listens any more.
     */
    synchronized CheckedRun take() {
        while (!isCancelled && (free.isEmpty() || (countOnTheWay > 0 && lengthOnTheWay > MAX_LENGTH))) {
            await();
        }
        if (isCancelled) {
            throw new CancelledException();
        }
        return free.remove();
    }

    /** Passes a run on. Reader's thread. */
    synchronized void put(final CheckedRun run) {
        lengthOnTheWay += run.records().length();
        countOnTheWay++;
        full.add(run);
        notifyAll();
    }

    /** There will be no further run. Reader's thread, the last thing that it does. */
    synchronized void end(final Throwable cause) {
        failure = cause;
        isEnded = true;
        notifyAll();
    }

    /** The next run, null after the last. Listener's thread. */
    synchronized CheckedRun next() {
        while (full.isEmpty() && !isEnded) {
            await();
        }
        return full.poll();
    }

    /** The run was told. Listener's thread. */
    synchronized void giveBack(final CheckedRun run) {
        lengthOnTheWay -= run.records().length();
        countOnTheWay--;
        final boolean isKept = run.records().length() <= MAX_KEPT_LENGTH;
        run.clear();
        free.add(isKept ? run : new CheckedRun());
        notifyAll();
    }

    /** Nobody listens any more: the reader stops at its next run. */
    synchronized void cancel() {
        isCancelled = true;
        notifyAll();
    }

    /** What ended the reading, null if that was the end of the journal. */
    synchronized Throwable failure() {
        return failure;
    }

    /** Each caller looks again. */
    @SuppressWarnings("WaitNotInLoop")
    private void await() {
        try {
            wait();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("the thread was interrupted while it read the journal");
        }
    }
}
