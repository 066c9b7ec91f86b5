package io.settlegate.gateway.transport;

import java.net.InetSocketAddress;

/**
 * The terminals' listener.
 *
 * @param listen where.
 * @param eventLoopCount threads that cut frames and write replies.
 * @param maxConnections more are closed at once.
 * @param windowCount requests of one session under way; more are answered BUSY.
 * @param heartbeatIntervalMs what terminals are told to keep.
 * @param idleTimeoutMs a connection that sent nothing for so long is closed.
 * @param signInTimeoutMs a connection that has not signed in by then is closed.
 * @param maxOutboundLength bytes waiting for one connection; more mean a peer that does not read, which is closed.
 */
public record TransportConfiguration(
        InetSocketAddress listen,
        int eventLoopCount,
        int maxConnections,
        int windowCount,
        int heartbeatIntervalMs,
        int idleTimeoutMs,
        int signInTimeoutMs,
        int maxOutboundLength) {

    private static final int DEFAULT_MAX_CONNECTIONS = 20_000;
    private static final int DEFAULT_WINDOW_COUNT = 16;
    private static final int DEFAULT_HEARTBEAT_INTERVAL_MS = 20_000;
    private static final int DEFAULT_IDLE_TIMEOUT_MS = 60_000;
    private static final int DEFAULT_SIGN_IN_TIMEOUT_MS = 10_000;
    private static final int DEFAULT_MAX_OUTBOUND_LENGTH = 1 << 20;
    private static final int CORES_FOR_ONE_EVENT_LOOP = 8;

    public TransportConfiguration {
        require(eventLoopCount >= 1, "eventLoopCount", eventLoopCount);
        require(maxConnections >= 1, "maxConnections", maxConnections);
        require(windowCount >= 1 && windowCount <= 1024, "windowCount", windowCount);
        require(heartbeatIntervalMs >= 100, "heartbeatIntervalMs", heartbeatIntervalMs);
        require(idleTimeoutMs > heartbeatIntervalMs, "idleTimeoutMs", idleTimeoutMs);
        require(signInTimeoutMs >= 100, "signInTimeoutMs", signInTimeoutMs);
        require(maxOutboundLength >= 1 << 16, "maxOutboundLength", maxOutboundLength);
    }

    private static void require(final boolean condition, final String name, final long value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " " + value + " is out of range");
        }
    }

    /** The defaults for a machine of so many cores. */
    public static TransportConfiguration forCores(final InetSocketAddress listen, final int cores) {
        return new TransportConfiguration(
                listen,
                Math.max(1, cores / CORES_FOR_ONE_EVENT_LOOP),
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_WINDOW_COUNT,
                DEFAULT_HEARTBEAT_INTERVAL_MS,
                DEFAULT_IDLE_TIMEOUT_MS,
                DEFAULT_SIGN_IN_TIMEOUT_MS,
                DEFAULT_MAX_OUTBOUND_LENGTH);
    }
}
