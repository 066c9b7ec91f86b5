package io.settlegate.loadtest;

/** What the commands end with. */
final class ExitCodes {
    /** Everything held. */
    static final int GOOD = 0;

    /** The gateway broke a promise, or gave an answer that it must not give. */
    static final int BROKEN = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** The run could not be made; the message says why. */
    static final int NO_RUN = 4;

    private ExitCodes() {}
}
