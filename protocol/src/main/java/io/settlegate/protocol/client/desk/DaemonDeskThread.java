package io.settlegate.protocol.client.desk;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A daemon thread with a timer. What comes after the end is dropped. */
final class DaemonDeskThread implements DeskThread {
    private static final int CLOSE_TIMEOUT_S = 10;

    private final ScheduledThreadPoolExecutor executor;

    DaemonDeskThread(final String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            final Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public void execute(final Runnable task) {
        after(0, task);
    }

    @Override
    public void after(final long delayMs, final Runnable task) {
        try {
            executor.schedule(task, delayMs, TimeUnit.MILLISECONDS);
        } catch (final RejectedExecutionException closed) {
            // The desk is closed: its file keeps what is open.
        }
    }

    @Override
    public void close() {
        // Without an interrupt, which would close the file under a task that writes it.
        executor.shutdown();
        try {
            executor.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
