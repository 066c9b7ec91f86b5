package io.settlegate.gateway.benefits.policy;

/** What a scheme looks at. */
public enum SchemeBase {
    /** What is left of the in-policy amount. */
    IN_POLICY,
    /** That, and what is left of the first share of class 乙. */
    WITH_PRESELFPAY,
    /** The part of the in-policy amount for which the annual cap of the basic fund left nothing. */
    OVER_CAP
}
