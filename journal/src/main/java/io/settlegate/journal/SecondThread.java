package io.settlegate.journal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread beside the one that verifies, for work whose result is wanted a little later. Work that it has no time for is done by
 * the thread that brings it, and work that it has not begun by the thread that wants the result: neither waits while there is
 * something to do.
 *
 * <p>Belongs to one verification, and ends with it.
 */
final class SecondThread implements Executor, AutoCloseable {
    private static final int QUEUE_LENGTH = 4;

    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_LENGTH),
            task -> {
                final Thread thread = new Thread(task, "journal-verify");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.CallerRunsPolicy());

    @Override
    public void execute(final Runnable task) {
        executor.execute(task);
    }

    /** Begins work on this thread or the caller's. */
    static <T> FutureTask<T> begin(final Executor executor, final Callable<T> work) {
        final FutureTask<T> task = new FutureTask<>(work);
        executor.execute(task);
        return task;
    }

    /** The result; does the work if nobody has begun it. What the work threw is thrown. */
    static <T> T resultOf(final FutureTask<T> task) {
        task.run();
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (final InterruptedException e) {
                    isInterrupted = true;
                } catch (final ExecutionException e) {
                    throw new JournalException("a part of the verification failed: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Nothing that was begun is wanted any more. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
