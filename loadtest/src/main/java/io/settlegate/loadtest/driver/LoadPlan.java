package io.settlegate.loadtest.driver;

import io.settlegate.loadtest.population.LineCount;

/**
 * What a load run does.
 *
 * @param requestCount settlements to sign beforehand; the run ends early when a connection has sent its share.
 */
public record LoadPlan(
        int connectionCount,
        int inFlightCount,
        LineCount lines,
        int warmupSeconds,
        int seconds,
        int requestCount,
        long seed) {
    public LoadPlan {
        require(connectionCount >= 1 && connectionCount <= 10_000, "connections", connectionCount, "1 to 10000");
        require(inFlightCount >= 1 && inFlightCount <= 1_000, "in-flight", inFlightCount, "1 to 1000");
        require(warmupSeconds >= 0 && warmupSeconds <= 3_600, "warmup", warmupSeconds, "0 to 3600 seconds");
        require(seconds >= 1 && seconds <= 3_600, "seconds", seconds, "1 to 3600");
        require(
                requestCount >= connectionCount && requestCount <= 20_000_000,
                "requests",
                requestCount,
                "the number of connections to 20000000");
    }

    private static void require(final boolean holds, final String what, final int value, final String range) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": " + value + " is outside " + range);
        }
    }
}
