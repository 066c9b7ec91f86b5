package io.settlegate.protocol.client;

/**
 * How patient a client is.
 *
 * @param connectTimeoutMs for one try to connect.
 * @param silenceTimeoutMs a connection on which nothing arrives for so long, heartbeats included, is given up.
 * @param heartbeatIntervalMs how often the client makes itself heard.
 * @param reconnectDelayMs before the first try to connect again, at most; each further try waits up to twice as long.
 * @param maxReconnectDelayMs which no wait between two tries exceeds.
 */
public record ClientTiming(
        int connectTimeoutMs,
        int silenceTimeoutMs,
        int heartbeatIntervalMs,
        int reconnectDelayMs,
        int maxReconnectDelayMs) {
    /** 2 s, 30 s, 10 s, 100 ms to 10 s. */
    public static final ClientTiming DEFAULT = new ClientTiming(2_000, 30_000, 10_000, 100, 10_000);

    private static final int USUAL_MAX_FACTOR = 32;

    public ClientTiming {
        if (reconnectDelayMs < 1 || maxReconnectDelayMs < reconnectDelayMs) {
            throw new IllegalArgumentException("reconnectDelayMs " + reconnectDelayMs
                    + " is at least 1 and at most maxReconnectDelayMs " + maxReconnectDelayMs);
        }
    }

    /** With waits that grow to {@value #USUAL_MAX_FACTOR} times the first. */
    public ClientTiming(
            final int connectTimeoutMs,
            final int silenceTimeoutMs,
            final int heartbeatIntervalMs,
            final int reconnectDelayMs) {
        this(
                connectTimeoutMs,
                silenceTimeoutMs,
                heartbeatIntervalMs,
                reconnectDelayMs,
                Math.multiplyExact(reconnectDelayMs, USUAL_MAX_FACTOR));
    }
}
