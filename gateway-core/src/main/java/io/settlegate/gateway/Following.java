package io.settlegate.gateway;

import io.settlegate.gateway.export.JournalExport;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command go on until somebody wants it to end, and end at a whole record then: Ctrl-C and SIGTERM wait until what is
 * under way is done, for some seconds at most.
 *
 * <p>Belongs to the command's thread; the shutdown hook only asks it to end. An interrupt asks too.
 */
final class Following implements JournalExport.Pace, AutoCloseable {
    private static final int LOOK_INTERVAL_MS = 100;
    private static final int PATIENCE_SECONDS = 20;

    private final CountDownLatch wanted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");

    Following() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        wanted.countDown();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("settlegate: what was under way did not end; the last line may be cut");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isEndWanted() {
        return wanted.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    /** Waits a moment for more to come; false if the command is to end. */
    @Override
    public boolean rest() {
        try {
            return !wanted.await(LOOK_INTERVAL_MS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The process is ending already: the hook waited for this.
        }
    }
}
