package io.settlegate.loadtest.driver;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What a fleet counts. Owned by the event loop; others get a {@link FleetCounts}. */
final class FleetMeter {
    private static final long MAX_LATENCY_NS = 60_000_000_000L;

    private final Histogram settleLatencyNs = new Histogram(MAX_LATENCY_NS, 3);
    private final Map<Integer, Long> countByCode = new TreeMap<>();
    private long settledCount;
    private long reversedCount;
    private long personInfoCount;
    private long signInCount;
    private long busyCount;
    private long unansweredCount;
    private long resentCount;
    private long queriedCount;
    private long reversedUnheardCount;
    private long madeBeforeCount;

    void settled(final long elapsedNs) {
        settledCount++;
        settleLatencyNs.recordValue(Math.min(elapsedNs, MAX_LATENCY_NS));
    }

    void settledLate() {
        settledCount++;
    }

    void reversed() {
        reversedCount++;
    }

    void personInfo() {
        personInfoCount++;
    }

    void refused(final int code) {
        countByCode.merge(code, 1L, Long::sum);
    }

    void signedIn() {
        signInCount++;
    }

    void busy() {
        busyCount++;
    }

    void unanswered(final int count) {
        unansweredCount += count;
    }

    void resent() {
        resentCount++;
    }

    void queried() {
        queriedCount++;
    }

    void reversedUnheard() {
        reversedUnheardCount++;
    }

    /** An unanswered request turned out to have been done before the connection was lost. */
    void madeBefore() {
        madeBeforeCount++;
    }

    FleetCounts counts() {
        return new FleetCounts(
                settledCount,
                reversedCount,
                personInfoCount,
                signInCount,
                busyCount,
                unansweredCount,
                resentCount,
                queriedCount,
                reversedUnheardCount,
                madeBeforeCount,
                Map.copyOf(countByCode),
                settleLatencyNs.copy());
    }
}
