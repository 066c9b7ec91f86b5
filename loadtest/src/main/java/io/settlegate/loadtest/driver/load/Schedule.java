package io.settlegate.loadtest.driver.load;

/**
 * When each request of an open loop is to be sent: evenly over time, the connections in turn. Fixed before the first is sent,
 * so that nothing the gateway does can move it.
 *
 * <p>Immutable. Times are those of {@link System#nanoTime()}.
 */
final class Schedule {
    private static final double NS_PER_SECOND = 1e9;

    private final long startNs;
    private final double nsPerRequest;
    private final int connectionCount;
    private final long requestCount;

    Schedule(final long startNs, final double ratePerSecond, final int connectionCount, final long requestCount) {
        this.startNs = startNs;
        this.nsPerRequest = NS_PER_SECOND / ratePerSecond;
        this.connectionCount = connectionCount;
        this.requestCount = requestCount;
    }

    long requestCount() {
        return requestCount;
    }

    /** When the request of this number is to be sent. */
    long plannedNs(final long number) {
        return startNs + (long) (number * nsPerRequest);
    }

    /** When a connection's request of this index is to be sent. */
    long plannedNs(final int connection, final int index) {
        return plannedNs((long) index * connectionCount + connection);
    }

    /** Who sends the request of this number. */
    int connection(final long number) {
        return (int) (number % connectionCount);
    }

    /** Requests that one connection sends. */
    static int share(final long requestCount, final int connectionCount, final int connection) {
        return (int) ((requestCount - connection + connectionCount - 1) / connectionCount);
    }
}
