package io.settlegate.gateway.settlement;

/** Whether a request must repeat the four-way split that the upload of its lines answered. */
enum SplitRule {
    REQUIRED,
    /** Nothing in all four is no claim about them. */
    MAY_BE_LEFT_OUT
}
