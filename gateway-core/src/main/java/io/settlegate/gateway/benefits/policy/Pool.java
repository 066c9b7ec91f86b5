package io.settlegate.gateway.benefits.policy;

/** What shares one annual deductible and one annual cap. */
public enum Pool {
    OUTPATIENT,
    CHRONIC,
    INPATIENT,
    OTHER
}
