package io.settlegate.loadtest.driver;

import org.HdrHistogram.Histogram;

/**
 * What the load counts between the end of the warm-up and the end of the run.
 *
 * <p>Written by the event loop alone; {@link #settledCount()} may be read by another thread for a progress line,
 * everything else when the run is over. Latencies are recorded with three digits, up to a minute, and clipped there.
 */
final class LoadMeter {
    private static final long MAX_LATENCY_NS = 60_000_000_000L;
    private static final int CODE_COUNT = 1_000;

    private final Histogram latencyNs = new Histogram(MAX_LATENCY_NS, 3);
    private final long[] countByCode = new long[CODE_COUNT];
    private boolean isMeasuring;
    private volatile long settledCount;
    private long busyCount;
    private long readBytes;
    private long writtenBytes;

    void start() {
        isMeasuring = true;
    }

    void stop() {
        isMeasuring = false;
    }

    boolean isMeasuring() {
        return isMeasuring;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void answered(final int code, final long elapsedNs) {
        if (isMeasuring) {
            countByCode[Math.min(code, CODE_COUNT - 1)]++;
            latencyNs.recordValue(Math.min(elapsedNs, MAX_LATENCY_NS));
        }
        if (code == 0) {
            // One writer: the loop. An opaque store would do, but this is not what limits the driver.
            settledCount = settledCount + 1;
        }
    }

    void busy() {
        if (isMeasuring) {
            busyCount++;
        }
    }

    void read(final long bytes) {
        if (isMeasuring) {
            readBytes += bytes;
        }
    }

    void written(final long bytes) {
        if (isMeasuring) {
            writtenBytes += bytes;
        }
    }

    /** Settlements made since the connection, warm-up included. */
    long settledCount() {
        return settledCount;
    }

    Histogram latencyNs() {
        return latencyNs;
    }

    long countOf(final int code) {
        return countByCode[code];
    }

    long busyCount() {
        return busyCount;
    }

    long readBytes() {
        return readBytes;
    }

    long writtenBytes() {
        return writtenBytes;
    }
}
