package io.settlegate.loadtest.gateway;

/** The gateway's process did not do what it was started for; the message says what, and where its log stands. */
public final class GatewayException extends Exception {
    private static final long serialVersionUID = 1L;

    public GatewayException(final String message) {
        super(message);
    }

    public GatewayException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
