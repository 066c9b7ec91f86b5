package io.settlegate.gateway.benefits.explain;

/** An accumulator before and after. */
public record AccumulatorChange(String name, long beforeFen, long afterFen) {}
