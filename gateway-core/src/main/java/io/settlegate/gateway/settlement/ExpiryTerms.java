package io.settlegate.gateway.settlement;

/** How long a visit is found after it was last used. Asked while committing: must not throw and not allocate. */
interface ExpiryTerms {
    /** {@code staged_lines_expire_days} of the policy that covers the visit in this row. */
    int expireDays(int visitRow);
}
