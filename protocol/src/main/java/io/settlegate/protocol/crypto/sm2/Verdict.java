package io.settlegate.protocol.crypto.sm2;

/** What fast arithmetic can say of a signature. */
public enum Verdict {
    VALID,
    INVALID,
    /** An exceptional addition came by: complete code has to decide. */
    UNDECIDED
}
