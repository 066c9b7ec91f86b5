package io.settlegate.gateway.benefits.policy;

/** What a policy file is. */
public enum PolicyKind {
    /** Checked against the official text. */
    OFFICIAL,
    /** Demo parameters that follow a place, never law. */
    EXAMPLE,
    /** Made up, to use every feature. */
    SYNTHETIC
}
