package io.settlegate.gateway.pipeline;

/** The way out, shared by all sessions. Called by the reply stage at the end of each batch. */
@FunctionalInterface
public interface Egress {
    /** Sends on what the sessions were given since the last call. Never blocks. */
    void flush();
}
