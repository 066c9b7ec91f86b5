package io.settlegate.gateway.transport;

import java.net.InetSocketAddress;

/**
 * The terminals' listener.
 *
 * <p>Deadlines are looked at in a sweep over all connections, so they may be late by one {@link #sweepIntervalMs()}.
 *
 * <p>What one connection can take at most: on the heap its handlers, about 4 KiB; outside it one frame that is not whole (32
 * KiB) and one read (64 KiB), {@code maxOutboundLength} waiting, of which a peer that has not signed in gets 64 KiB; and in the
 * system two socket buffers of 64 KiB, for which Linux takes 128 KiB each. Requests under way stand in the ring, which is
 * bounded by itself. Reading stops while more than 256 KiB wait, so with frames of an ordinary size that is where it ends.
 *
 * @param listen where.
 * @param eventLoopCount threads that cut frames and write replies.
 * @param maxConnections more are closed at once.
 * @param windowCount requests of one session under way; more are answered BUSY.
 * @param heartbeatIntervalMs what terminals are told to keep.
 * @param idleTimeoutMs a connection that sent no whole frame for so long is closed; so is a peer that vanished.
 * @param signInTimeoutMs a connection that has not signed in by then is closed.
 * @param frameTimeoutMs a frame that was begun must be whole by then.
 * @param stallTimeoutMs a peer for whom bytes wait must take some of them within this.
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
        int frameTimeoutMs,
        int stallTimeoutMs,
        int maxOutboundLength) {

    private static final int DEFAULT_MAX_CONNECTIONS = 20_000;
    private static final int DEFAULT_WINDOW_COUNT = 16;
    private static final int DEFAULT_HEARTBEAT_INTERVAL_MS = 20_000;
    private static final int DEFAULT_IDLE_TIMEOUT_MS = 60_000;
    private static final int DEFAULT_SIGN_IN_TIMEOUT_MS = 10_000;
    private static final int DEFAULT_FRAME_TIMEOUT_MS = 10_000;
    private static final int DEFAULT_STALL_TIMEOUT_MS = 20_000;
    private static final int MIN_TIMEOUT_MS = 100;
    private static final int LEAVING_TIMEOUT_MS = 2_000;
    private static final int MAX_SWEEP_INTERVAL_MS = 1_000;
    private static final int SWEEPS_IN_A_TIMEOUT = 10;
    private static final int DEFAULT_MAX_OUTBOUND_LENGTH = 1 << 20;
    private static final int CORES_FOR_ONE_EVENT_LOOP = 8;

    public TransportConfiguration {
        require(eventLoopCount >= 1, "eventLoopCount", eventLoopCount);
        require(maxConnections >= 1, "maxConnections", maxConnections);
        require(windowCount >= 1 && windowCount <= 1024, "windowCount", windowCount);
        require(heartbeatIntervalMs >= 100, "heartbeatIntervalMs", heartbeatIntervalMs);
        require(idleTimeoutMs > heartbeatIntervalMs, "idleTimeoutMs", idleTimeoutMs);
        require(signInTimeoutMs >= MIN_TIMEOUT_MS, "signInTimeoutMs", signInTimeoutMs);
        require(frameTimeoutMs >= MIN_TIMEOUT_MS, "frameTimeoutMs", frameTimeoutMs);
        require(stallTimeoutMs >= MIN_TIMEOUT_MS, "stallTimeoutMs", stallTimeoutMs);
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
                DEFAULT_FRAME_TIMEOUT_MS,
                DEFAULT_STALL_TIMEOUT_MS,
                DEFAULT_MAX_OUTBOUND_LENGTH);
    }

    /** How often the deadlines are looked at: a tenth of the shortest, a second at most. */
    public int sweepIntervalMs() {
        final int shortestMs =
                Math.min(Math.min(idleTimeoutMs, signInTimeoutMs), Math.min(frameTimeoutMs, stallTimeoutMs));
        return Math.min(MAX_SWEEP_INTERVAL_MS, shortestMs / SWEEPS_IN_A_TIMEOUT);
    }

    /** The deadlines in sweeps. */
    PeerWatch.Sweeps deadlines() {
        return new PeerWatch.Sweeps(
                sweeps(idleTimeoutMs),
                sweeps(signInTimeoutMs),
                sweeps(frameTimeoutMs),
                sweeps(stallTimeoutMs),
                sweeps(LEAVING_TIMEOUT_MS));
    }

    private int sweeps(final int timeoutMs) {
        return timeoutMs / sweepIntervalMs();
    }
}
