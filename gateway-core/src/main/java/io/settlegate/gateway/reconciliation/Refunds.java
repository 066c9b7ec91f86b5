package io.settlegate.gateway.reconciliation;

/** Whether the books hold refunds as rows of their own. */
public enum Refunds {
    /** A settlement stays, and what undid it is another row with negative amounts. */
    IN,
    /** Only what stands. */
    OUT
}
