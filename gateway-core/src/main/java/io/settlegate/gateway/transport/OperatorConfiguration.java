package io.settlegate.gateway.transport;

import java.net.SocketAddress;

/**
 * The operators' listener.
 *
 * @param listen where, as {@code OperatorAddress} understands it; null where there is none.
 * @param maxConnections more are closed at once.
 * @param windowCount acts of one connection under way; more are answered BUSY.
 * @param idleTimeoutMs a connection that sent nothing for so long is closed.
 */
public record OperatorConfiguration(SocketAddress listen, int maxConnections, int windowCount, int idleTimeoutMs) {
    /** No listener: acts then need a stopped gateway. */
    public static final OperatorConfiguration NONE = on(null);

    private static final int DEFAULT_MAX_CONNECTIONS = 8;
    private static final int DEFAULT_WINDOW_COUNT = 32;
    /** An import is checked as a whole before its first act is sent. */
    private static final int DEFAULT_IDLE_TIMEOUT_MS = 600_000;

    /** The defaults, at an address. */
    public static OperatorConfiguration on(final SocketAddress listen) {
        return new OperatorConfiguration(
                listen, DEFAULT_MAX_CONNECTIONS, DEFAULT_WINDOW_COUNT, DEFAULT_IDLE_TIMEOUT_MS);
    }

    public boolean isOn() {
        return listen != null;
    }
}
