package io.settlegate.protocol.client.desk;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that goes on when there is nothing left to do in it. Several desks may live in it; each {@link Share} can end alone. */
final class VirtualThread {
    private record Task(long atMs, long order, Share share, Runnable run) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMs).thenComparingLong(Task::order));
    private long nowMs;
    private long order;

    long nowMs() {
        return nowMs;
    }

    Share share() {
        return new Share();
    }

    /** Runs what is due next. @return false if there is nothing. */
    boolean runNext() {
        final Task next = tasks.poll();
        if (next == null) {
            return false;
        }
        nowMs = Math.max(nowMs, next.atMs);
        if (!next.share.isClosed) {
            next.run.run();
        }
        return true;
    }

    /** A desk's thread, or the network's. */
    final class Share implements DeskThread {
        private boolean isClosed;

        @Override
        public long nowNs() {
            return nowMs * 1_000_000;
        }

        @Override
        public void execute(final Runnable task) {
            after(0, task);
        }

        @Override
        public void after(final long delayMs, final Runnable task) {
            tasks.add(new Task(nowMs + delayMs, order++, this, task));
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
