package io.settlegate.gateway.benefits.policy;

/** When a deductible begins anew. */
public enum DeductibleKind {
    NONE,
    /** Each year, per pool. */
    ANNUAL,
    /** Each visit. */
    VISIT,
    /** Each stay; the amount depends on the stay's number in the year. */
    STAY
}
