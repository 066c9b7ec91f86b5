package io.settlegate.gateway.benefits.policy;

/** What becomes of a cancel of a settlement on which later ones stand. */
public enum CancelRule {
    /** It is refused until the later ones are cancelled. */
    REFUSE,
    /** The accumulators of the later ones are computed anew; their amounts stay. */
    RECOMPUTE
}
