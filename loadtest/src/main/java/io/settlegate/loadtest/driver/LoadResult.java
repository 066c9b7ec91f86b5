package io.settlegate.loadtest.driver;

import io.settlegate.loadtest.books.Acknowledged;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a load run measured.
 *
 * @param elapsed of the measured part.
 * @param countByCode answers by result code, those that occurred.
 * @param windowCount requests in flight on each connection: what was asked for, or the gateway's window if that is
 *     less.
 * @param durability what the gateway forces before a reply, as it says at sign-in.
 * @param generatorTime processor time of this process in the measured part.
 * @param gatewayTime the gateway's, where its process is known.
 * @param isExhausted whether the signed requests ran out before the time did.
 * @param samples some answers, to be checked.
 */
public record LoadResult(
        Duration elapsed,
        Map<Integer, Long> countByCode,
        long busyCount,
        int windowCount,
        String durability,
        long readBytes,
        long writtenBytes,
        Histogram latencyNs,
        Optional<Duration> generatorTime,
        Optional<Duration> gatewayTime,
        boolean isExhausted,
        List<Acknowledged> samples) {
    public long settledCount() {
        return countByCode.getOrDefault(0, 0L);
    }

    /** Per second of the measured part. */
    public double perSecond(final long count) {
        return count * 1e9 / elapsed.toNanos();
    }
}
