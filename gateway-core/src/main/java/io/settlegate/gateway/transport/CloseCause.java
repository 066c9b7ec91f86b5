package io.settlegate.gateway.transport;

import java.util.Locale;

/** Why the gateway closed a connection. Counted each; a peer that leaves by itself is not. */
public enum CloseCause {
    /** No whole frame for the idle timeout: silent, half-open, or vanished. */
    IDLE,
    /** Not signed in by the sign-in timeout. */
    SIGN_IN_TIMEOUT,
    /** A frame that was begun and not finished in time. */
    SLOW_FRAME,
    /** More bytes waiting than the outbound limit. */
    OUTBOUND_LIMIT,
    /** Bytes waiting, and none taken for the stall timeout. */
    STALLED,
    /** Bytes that are no frame, or a frame above the limit. */
    BROKEN_FRAME,
    /** More connections than the limit: refused before a challenge. */
    CONNECTION_LIMIT,
    /** The terminal signed in on another connection. */
    FENCED,
    /** An operator suspended or revoked the terminal, or gave it another key. */
    TERMINAL_CHANGED,
    /** The terminal signed out. */
    SIGNED_OUT,
    /** The gateway stopped. */
    STOPPED,
    /** A fault of the gateway; the log has it. */
    FAULT;

    /** As the metrics spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
