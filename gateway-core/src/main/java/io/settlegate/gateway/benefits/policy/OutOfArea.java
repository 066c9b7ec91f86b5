package io.settlegate.gateway.benefits.policy;

/** Where a visit took place, seen from the place of insurance, and how it came about. */
public enum OutOfArea {
    /** In the pooling region. */
    LOCAL,
    /** Filed for long-term residence elsewhere. */
    FILED,
    /** Sent on by a hospital (转诊). */
    TRANSFER,
    /** An emergency. */
    EMERGENCY,
    /** Elsewhere without a filing. */
    UNFILED
}
