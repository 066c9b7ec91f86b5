package io.settlegate.loadtest;

import io.settlegate.loadtest.driver.load.Phase;
import io.settlegate.loadtest.driver.load.PhaseResult;
import io.settlegate.loadtest.driver.load.RequestKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Results as a phase of ten seconds could have had them. */
final class Results {
    private static final long MAX_NS = 300_000_000_000L;
    private static final long NS_PER_MS = 1_000_000;
    private static final int SECONDS = 10;

    private Results() {}

    /** With one latency and one lag for all requests. */
    static PhaseResult open(
            final double plannedPerSecond, final long achievedPerSecond, final long latencyMs, final long lagMs) {
        return result(Phase.open(plannedPerSecond, 0, SECONDS), achievedPerSecond, latencyMs, lagMs);
    }

    /** Of a closed loop. */
    static PhaseResult closed(final long achievedPerSecond, final long latencyMs) {
        return result(Phase.closed(0, SECONDS, 1), achievedPerSecond, latencyMs, 0);
    }

    private static PhaseResult result(
            final Phase phase, final long achievedPerSecond, final long latencyMs, final long lagMs) {
        final long count = SECONDS * achievedPerSecond;
        final Histogram latencyNs = new Histogram(MAX_NS, 3);
        latencyNs.recordValueWithCount(latencyMs * NS_PER_MS, count);
        final Histogram lagNs = new Histogram(MAX_NS, 3);
        lagNs.recordValueWithCount(lagMs * NS_PER_MS, count);
        return new PhaseResult(
                phase,
                Duration.ofSeconds(SECONDS),
                count,
                Map.of(0, count),
                Map.of(RequestKind.SETTLE, count),
                count,
                0,
                0,
                0,
                4,
                "batch",
                0,
                0,
                latencyNs,
                latencyNs.copy(),
                lagNs,
                Optional.of(Duration.ofSeconds(1)),
                Optional.of(Duration.ofSeconds(2)),
                false);
    }
}
