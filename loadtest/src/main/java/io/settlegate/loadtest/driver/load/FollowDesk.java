package io.settlegate.loadtest.driver.load;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Signs what is made from answers away from the event loop: a block of signatures takes milliseconds, which would be measured as the gateway's.
 *
 * <p>One thread of its own behind a bounded queue. An order that finds it full is not carried out, and a settlement is sent in
 * its place.
 */
final class FollowDesk implements AutoCloseable {
    private static final int MAX_ORDERS = 10_000;
    private static final long QUIET_DEADLINE_S = 30;

    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_ORDERS), task -> {
                final Thread thread = new Thread(task, "follow-desk");
                thread.setDaemon(true);
                return thread;
            });

    /** Signs and hands over; the receiver is called on the desk's thread. */
    void order(final RequestMaker maker, final FollowOrder order, final Consumer<byte[]> receiver) {
        try {
            executor.execute(() -> receiver.accept(maker.follow(order)));
        } catch (final RejectedExecutionException full) {
            // The place already holds a settlement.
            return;
        }
    }

    /** Waits until everything ordered is signed. */
    void awaitQuiet() {
        try {
            executor.submit(() -> {}).get(QUIET_DEADLINE_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while requests were being signed", e);
        } catch (final java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException("what follows from answers is not signed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
