package io.settlegate.gateway.benefits.policy;

/** What of a person's part the personal account may pay. */
public enum AccountScope {
    /** Nothing. */
    NONE,
    /** What is left of the in-policy amount. */
    IN_POLICY,
    /** That, and what is left of the first share of class 乙. */
    CATALOGUE,
    /** All that is left, the fully self-paid too. */
    EVERYTHING
}
