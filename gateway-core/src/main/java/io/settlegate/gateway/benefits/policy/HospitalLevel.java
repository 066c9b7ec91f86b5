package io.settlegate.gateway.benefits.policy;

/** The level of an institution, by which deductible and ratio differ. Pharmacies and what has no level are ungraded. */
public enum HospitalLevel {
    LEVEL1,
    LEVEL2,
    LEVEL3,
    UNGRADED
}
