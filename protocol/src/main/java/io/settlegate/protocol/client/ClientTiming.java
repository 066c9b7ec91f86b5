package io.settlegate.protocol.client;

/**
 * How patient a client is.
 *
 * @param connectTimeoutMs for one try to connect.
 * @param silenceTimeoutMs a connection on which nothing arrives for so long, heartbeats included, is given up.
 * @param heartbeatIntervalMs how often the client makes itself heard.
 * @param reconnectDelayMs between two tries to connect.
 */
public record ClientTiming(int connectTimeoutMs, int silenceTimeoutMs, int heartbeatIntervalMs, int reconnectDelayMs) {
    /** 2 s, 30 s, 10 s, 100 ms. */
    public static final ClientTiming DEFAULT = new ClientTiming(2_000, 30_000, 10_000, 100);
}
