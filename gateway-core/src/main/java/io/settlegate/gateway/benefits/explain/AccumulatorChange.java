package io.settlegate.gateway.benefits.explain;

/** An accumulator before and after, in yuan. */
public record AccumulatorChange(String name, String before, String after) {}
