package io.settlegate.gateway.pipeline;

/** The stages of the line, in order. */
public enum Stage {
    VERIFY,
    SETTLE,
    JOURNAL,
    REPLY
}
