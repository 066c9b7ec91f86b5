package io.settlegate.loadtest.driver.load;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a phase measured.
 *
 * @param elapsed of the measured part.
 * @param inTimeCount answers that came in it: what the rate is made of.
 * @param countByCode answers by result code, those that occurred; of an open loop those to requests planned for the measured part.
 * @param countByKind likewise, by what was asked.
 * @param settledCount likewise, settlements made.
 * @param repeatCount answers that called themselves repeats: none, as each msgid is new.
 * @param unfinishedCount requests that were not even sent when the gateway's time to catch up was over; their waiting so far is
 *     among the latencies.
 * @param windowCount requests in flight on each connection: what was asked for, or the gateway's window if that is less.
 * @param durability what the gateway forces before a reply, as it says at sign-in.
 * @param latencyNs from the planned time to the answer; in a closed loop from sending.
 * @param serviceNs from sending to the answer.
 * @param lagNs from the planned time to the moment at which the generator looked at the request; empty in a closed loop.
 * @param generatorTime processor time of this process in the measured part.
 * @param gatewayTime the gateway's, where its process is known.
 * @param isExhausted whether the signed requests of a closed loop ran out before the time did.
 */
public record PhaseResult(
        Phase phase,
        Duration elapsed,
        long inTimeCount,
        Map<Integer, Long> countByCode,
        Map<RequestKind, Long> countByKind,
        long settledCount,
        long repeatCount,
        long busyCount,
        long unfinishedCount,
        int windowCount,
        String durability,
        long readBytes,
        long writtenBytes,
        Histogram latencyNs,
        Histogram serviceNs,
        Histogram lagNs,
        Optional<Duration> generatorTime,
        Optional<Duration> gatewayTime,
        boolean isExhausted) {
    private static final long LATE_NS = 1_000_000;
    private static final int LATE_SHARE = 10;
    private static final double P99 = 99;

    /** Answers per second of the measured part. */
    public double achievedPerSecond() {
        return perSecond(inTimeCount);
    }

    /** Per second of the measured part. */
    public double perSecond(final long count) {
        return count * 1e9 / elapsed.toNanos();
    }

    /** Answers that were refusals, of the engine or before it. */
    public long refusedCount() {
        return countByCode.entrySet().stream()
                .filter(entry -> entry.getKey() != 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * True if the generator's own lateness is a part of the latencies that cannot be overlooked: its p99 is above a millisecond
     * and above a tenth of the latencies' p99.
     */
    public boolean isGeneratorLate() {
        final long lag = lagNs.getValueAtPercentile(P99);
        return lag > LATE_NS && lag > latencyNs.getValueAtPercentile(P99) / LATE_SHARE;
    }
}
