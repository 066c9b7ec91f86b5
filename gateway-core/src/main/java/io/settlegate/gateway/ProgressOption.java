package io.settlegate.gateway;

import io.settlegate.gateway.inspection.JournalPoint;
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
    ReplayProgress begin(final CommandSpec spec, final Store store, final JournalPoint to) {
        final boolean isTerminal = Boolean.getBoolean(TERMINAL_PROPERTY);
        final ReplayProgress.Form form =
                isTerminal ? ReplayProgress.Form.LINE : isWanted ? ReplayProgress.Form.LINES : ReplayProgress.Form.NONE;
        return new ReplayProgress(
                spec.commandLine().getErr(), form, form == ReplayProgress.Form.NONE ? 0 : lastSequence(store, to));
    }

    /** For a time, that of the batch in which its search ends. */
    private static long lastSequence(final Store store, final JournalPoint to) {
        try (JournalFollower follower = JournalFollower.open(store)) {
            final long last = follower.lastSequence();
            if (to.namedSequence().isPresent()) {
                return Math.min(last, to.sequence());
            }
            if (to.isEnd()) {
                return last;
            }
            follower.seekTime(to.timeMs());
            return follower.nextBatch() ? follower.seal().lastSequence() : last;
        }
    }
}
