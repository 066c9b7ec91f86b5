package io.settlegate.protocol.client;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try to connect: twice as long each time up to a bound, and somewhere between half of that and
 * all of it, so that the terminals of a city do not all come back in one moment.
 *
 * <p>One thread at a time.
 */
final class ReconnectDelay {
    private final int firstMs;
    private final int maxMs;
    private final RandomGenerator random;
    private long boundMs;

    ReconnectDelay(final ClientTiming timing, final RandomGenerator random) {
        this.firstMs = timing.reconnectDelayMs();
        this.maxMs = timing.maxReconnectDelayMs();
        this.random = random;
        this.boundMs = firstMs;
    }

    /** The wait before the next try. */
    long nextMs() {
        final long waitMs = boundMs - random.nextLong(boundMs / 2 + 1);
        boundMs = Math.min(2 * boundMs, maxMs);
        return waitMs;
    }

    /** The connection works: the next loss starts with short waits. */
    void reset() {
        boundMs = firstMs;
    }
}
