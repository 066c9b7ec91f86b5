package io.settlegate.loadtest.wire;

/** When a request is made, and the number that its answer carries. */
public record Stamp(long timeMs, long correlationId) {}
