package io.settlegate.gateway.benefits.policy;

/** Over what the segments of the basic fund are walked. */
public enum SegmentSpan {
    /** The year, per pool: a later bill goes on where the one before it ended. */
    YEAR,
    /** One visit or stay. */
    VISIT
}
