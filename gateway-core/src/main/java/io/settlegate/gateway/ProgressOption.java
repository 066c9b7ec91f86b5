package io.settlegate.gateway;

import io.settlegate.gateway.replay.ReplayEnd;
import io.settlegate.gateway.replay.ReplayProgress;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * The option of commands that read a journal for long: how far they have come, on stderr. Mixed in; filled by the command line.
 *
 * <p>Only the launcher knows whether stderr is a terminal: a JVM whose output goes to a file cannot tell.
 */
final class ProgressOption {
    /** Set by the launcher where stderr is a terminal. */
    static final String TERMINAL_PROPERTY = "settlegate.stderrIsTerminal";

    @Option(names = "--progress", description = "show the progress on stderr also where that is no terminal")
    private boolean isWanted;

    /** Looks up where the reading will probably end, if anybody is to see the progress. */
    ReplayProgress begin(final CommandSpec spec, final Store store, final ReplayEnd end) {
        final boolean isTerminal = Boolean.getBoolean(TERMINAL_PROPERTY);
        final ReplayProgress.Form form =
                isTerminal ? ReplayProgress.Form.LINE : isWanted ? ReplayProgress.Form.LINES : ReplayProgress.Form.NONE;
        return new ReplayProgress(
                spec.commandLine().getErr(), form, form == ReplayProgress.Form.NONE ? 0 : lastSequence(store, end));
    }

    /** For a time, that of the batch in which its search ends. */
    private static long lastSequence(final Store store, final ReplayEnd end) {
        try (JournalFollower follower = JournalFollower.open(store)) {
            final long last = follower.lastSequence();
            if (end.isSequence()) {
                return Math.min(last, end.sequence());
            }
            if (end.isNone()) {
                return last;
            }
            follower.seekTime(end.timeMs());
            return follower.nextBatch() ? follower.seal().lastSequence() : last;
        }
    }
}
