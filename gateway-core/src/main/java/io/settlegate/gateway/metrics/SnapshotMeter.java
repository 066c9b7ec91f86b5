package io.settlegate.gateway.metrics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of snapshots since the gateway started, and which one is the newest. Written by the one thread that has them made;
 * read by any.
 */
public final class SnapshotMeter {
    private final AtomicLong madeCount = new AtomicLong();
    private final AtomicLong failedCount = new AtomicLong();
    private volatile long lastTookNs;
    private volatile Newest newest = new Newest(0, 0);

    /** @param timeMs of the seal up to which it goes. */
    private record Newest(long sequence, long timeMs) {}

    public void made(final long tookNs) {
        lastTookNs = tookNs;
        madeCount.incrementAndGet();
    }

    public void failed(final long tookNs) {
        lastTookNs = tookNs;
        failedCount.incrementAndGet();
    }

    public void newest(final long sequence, final long sealTimeMs) {
        newest = new Newest(sequence, sealTimeMs);
    }

    public long madeCount() {
        return madeCount.get();
    }

    public long failedCount() {
        return failedCount.get();
    }

    long lastTookNs() {
        return lastTookNs;
    }

    /** The last record in the newest snapshot; 0 where there is none. */
    public long newestSequence() {
        return newest.sequence();
    }

    /** How old the state in the newest snapshot is; without one, since the journal was founded. */
    long ageMs(final long nowMs, final long foundedMs) {
        final long timeMs = newest.timeMs();
        return nowMs - (timeMs == 0 ? foundedMs : timeMs);
    }
}
