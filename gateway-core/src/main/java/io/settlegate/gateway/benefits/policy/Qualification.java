package io.settlegate.gateway.benefits.policy;

/** Whether a plan asks for a qualification for the disease (门诊慢特病). */
public enum Qualification {
    NOT_NEEDED,
    REQUIRED
}
