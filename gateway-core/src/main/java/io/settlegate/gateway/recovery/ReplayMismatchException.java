package io.settlegate.gateway.recovery;

import io.settlegate.gateway.settlement.EngineRules;

/** This build computes otherwise than the one that wrote the journal. Nothing was written. */
public final class ReplayMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String KNOWN = "versions " + EngineRules.OLDEST + " to " + EngineRules.NEWEST;

    /** The journal was founded under other rules. */
    ReplayMismatchException(final int rulesVersion) {
        super("the journal was founded under rules version " + rulesVersion + ", and this build computes under " + KNOWN
                + ". Read it with the build that wrote it. Nothing was written");
    }

    /** A record was computed under other rules than this build's, or under older ones than the record before. */
    ReplayMismatchException(final long sequence, final int rulesVersion, final int rulesBefore) {
        super("record " + sequence + " was computed under rules version " + rulesVersion
                + (EngineRules.isKnown(rulesVersion)
                        ? ", behind records of version " + rulesBefore + ", and no gateway goes back"
                        : ", and this build computes under " + KNOWN + ". Read it with the build that wrote it")
                + ". Nothing was written");
    }

    ReplayMismatchException(final long count, final ReplayMismatch first) {
        super("replay of the journal differs in " + count + " places, first " + first
                + ". This build computes otherwise than the one that wrote the journal: start that build, or see"
                + " `settlegate replay`. Nothing was written");
    }
}
