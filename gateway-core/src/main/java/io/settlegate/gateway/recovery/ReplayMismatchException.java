package io.settlegate.gateway.recovery;

/** This build computes otherwise than the one that wrote the journal. Nothing was written. */
public final class ReplayMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The journal was founded under other rules. */
    ReplayMismatchException(final int rulesVersion) {
        super("the journal was founded under rules version " + rulesVersion + ", and this build computes under "
                + InternalPart.RULES_VERSION + ". Read it with the build that wrote it. Nothing was written");
    }

    ReplayMismatchException(final long count, final ReplayMismatch first) {
        super("replay of the journal differs in " + count + " places, first " + first
                + ". This build computes otherwise than the one that wrote the journal: start that build, or see"
                + " `settlegate replay`. Nothing was written");
    }
}
