package io.settlegate.loadtest.driver.load;

/**
 * A stretch of load: unmeasured seconds, then measured ones.
 *
 * @param ratePerSecond of an open loop, all connections together; 0 for a closed loop.
 * @param requestCount to sign beforehand; a closed loop ends early when a connection has sent its share.
 */
public record Phase(double ratePerSecond, int warmupSeconds, int seconds, int requestCount) {
    /** What fits a generator's memory, at some 800 bytes each. */
    public static final int MAX_REQUESTS = 2_000_000;

    public Phase {
        if (warmupSeconds < 0 || warmupSeconds > 3_600) {
            throw new IllegalArgumentException("warmup: " + warmupSeconds + " is outside 0 to 3600 seconds");
        }
        if (seconds < 1 || seconds > 3_600) {
            throw new IllegalArgumentException("seconds: " + seconds + " is outside 1 to 3600");
        }
        if (requestCount < 1 || requestCount > MAX_REQUESTS) {
            throw new IllegalArgumentException("requests: " + requestCount + " is outside 1 to " + MAX_REQUESTS
                    + ", which are all signed beforehand and kept in memory: choose less time, or a lower rate");
        }
    }

    /** As fast as the answers come. */
    public static Phase closed(final int warmupSeconds, final int seconds, final int requestCount) {
        return new Phase(0, warmupSeconds, seconds, requestCount);
    }

    /** At a fixed rate, whatever comes back. */
    public static Phase open(final double ratePerSecond, final int warmupSeconds, final int seconds) {
        if (!(ratePerSecond >= 1 && ratePerSecond <= 1_000_000)) {
            throw new IllegalArgumentException("rate: " + ratePerSecond + " is outside 1 to 1000000");
        }
        final double count = ratePerSecond * ((double) warmupSeconds + seconds);
        return new Phase(ratePerSecond, warmupSeconds, seconds, (int) Math.min(Integer.MAX_VALUE, Math.round(count)));
    }

    public boolean isOpen() {
        return ratePerSecond > 0;
    }
}
