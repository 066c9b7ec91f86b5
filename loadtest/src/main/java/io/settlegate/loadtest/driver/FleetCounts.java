package io.settlegate.loadtest.driver;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a fleet has counted up to one moment.
 *
 * @param unansweredCount settlements and reversals whose connection ended before the answer came.
 * @param resentCount of those, sent again with the same msgid.
 * @param queriedCount of those, asked for by msgid.
 * @param reversedUnheardCount of those, reversed without knowing whether they had been made.
 * @param madeBeforeCount of those, found to have been made before the connection ended.
 * @param refusedByCode refusals by result code.
 * @param settleLatencyNs from making the request to its answer, over one connection.
 */
public record FleetCounts(
        long settledCount,
        long reversedCount,
        long personInfoCount,
        long signInCount,
        long busyCount,
        long unansweredCount,
        long resentCount,
        long queriedCount,
        long reversedUnheardCount,
        long madeBeforeCount,
        Map<Integer, Long> refusedByCode,
        Histogram settleLatencyNs) {}
