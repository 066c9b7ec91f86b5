package io.settlegate.loadtest.driver.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What one phase counts.
 *
 * <p>An answer counts for the <b>rate</b> if it comes in the measured seconds. It counts for the <b>latencies</b> if its request
 * was planned for the measured seconds (open loop) or if it comes in them (closed loop), so a request that the gateway keeps
 * waiting beyond the end is measured and not forgotten.
 *
 * <p>Written by the event loop alone; {@link #answeredCount()} may be read by another thread for a progress line, everything
 * else when the phase is over. Latencies are recorded with three digits, up to five minutes, and clipped there.
 */
final class LoadMeter {
    private static final long MAX_LATENCY_NS = 300_000_000_000L;
    private static final int CODE_COUNT = 1_000;
    private static final int DIGITS = 3;

    private final Histogram latencyNs = new Histogram(MAX_LATENCY_NS, DIGITS);
    private final Histogram serviceNs = new Histogram(MAX_LATENCY_NS, DIGITS);
    private final Histogram lagNs = new Histogram(MAX_LATENCY_NS, DIGITS);
    private final long[] countByCode = new long[CODE_COUNT];
    private final long[] countByKind = new long[RequestKind.values().length];
    private final boolean isOpen;
    private final long measuredFromNs;
    private boolean isMeasuring;
    private volatile long answeredCount;
    private long inTimeCount;
    private long settledCount;
    private long repeatCount;
    private long busyCount;
    private long unfinishedCount;
    private long readBytes;
    private long writtenBytes;

    private LoadMeter(final boolean isOpen, final long measuredFromNs) {
        this.isOpen = isOpen;
        this.measuredFromNs = measuredFromNs;
    }

    static LoadMeter ofClosedLoop() {
        return new LoadMeter(false, 0);
    }

    /** @param measuredFromNs requests planned for this moment or later are measured. */
    static LoadMeter ofOpenLoop(final long measuredFromNs) {
        return new LoadMeter(true, measuredFromNs);
    }

    void start() {
        isMeasuring = true;
    }

    void stop() {
        isMeasuring = false;
    }

    private boolean isMeasured(final long plannedNs) {
        return isOpen ? plannedNs - measuredFromNs >= 0 : isMeasuring;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void answered(
            final RequestKind kind, final int code, final long plannedNs, final long sentNs, final long answeredNs) {
        if (isMeasuring) {
            inTimeCount++;
        }
        if (isMeasured(plannedNs)) {
            countByCode[Math.min(code, CODE_COUNT - 1)]++;
            countByKind[kind.ordinal()]++;
            settledCount += code == 0 && kind == RequestKind.SETTLE ? 1 : 0;
            record(latencyNs, answeredNs - plannedNs);
            record(serviceNs, answeredNs - sentNs);
        }
        // One writer: the loop. An opaque store would do, but this is not what limits the driver.
        answeredCount = answeredCount + 1;
    }

    /** A request that the phase's end left without an answer: it has waited at least so long. */
    void unfinished(final long plannedNs, final long nowNs) {
        if (isMeasured(plannedNs)) {
            unfinishedCount++;
            record(latencyNs, nowNs - plannedNs);
        }
    }

    /** How late the generator itself was to look at a request whose time had come. */
    void lag(final long plannedNs, final long nowNs) {
        if (isMeasured(plannedNs)) {
            record(lagNs, nowNs - plannedNs);
        }
    }

    private static void record(final Histogram histogram, final long elapsedNs) {
        histogram.recordValue(Math.min(Math.max(0, elapsedNs), MAX_LATENCY_NS));
    }

    void repeated() {
        repeatCount++;
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

    /** Answers since the phase began, warm-up included. */
    long answeredCount() {
        return answeredCount;
    }

    /** Answers that came in the measured seconds. */
    long inTimeCount() {
        return inTimeCount;
    }

    long settledCount() {
        return settledCount;
    }

    Histogram latencyNs() {
        return latencyNs;
    }

    Histogram serviceNs() {
        return serviceNs;
    }

    Histogram lagNs() {
        return lagNs;
    }

    /** Measured answers by result code, those that occurred. */
    Map<Integer, Long> countByCode() {
        final Map<Integer, Long> counts = new TreeMap<>();
        for (int code = 0; code < CODE_COUNT; code++) {
            if (countByCode[code] > 0) {
                counts.put(code, countByCode[code]);
            }
        }
        return counts;
    }

    /** Measured answers by what was asked. */
    Map<RequestKind, Long> countByKind() {
        final Map<RequestKind, Long> counts = new EnumMap<>(RequestKind.class);
        for (final RequestKind kind : RequestKind.values()) {
            if (countByKind[kind.ordinal()] > 0) {
                counts.put(kind, countByKind[kind.ordinal()]);
            }
        }
        return counts;
    }

    long repeatCount() {
        return repeatCount;
    }

    long busyCount() {
        return busyCount;
    }

    long unfinishedCount() {
        return unfinishedCount;
    }

    long readBytes() {
        return readBytes;
    }

    long writtenBytes() {
        return writtenBytes;
    }
}
