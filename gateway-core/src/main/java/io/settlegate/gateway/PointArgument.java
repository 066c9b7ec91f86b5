package io.settlegate.gateway;

import io.settlegate.gateway.inspection.JournalPoint;
import io.settlegate.journal.ArchivedEnd;
import io.settlegate.journal.JournalFollower;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Points of a journal as options name them. No state. */
final class PointArgument {
    private PointArgument() {}

    /** @throws ParameterException that names the option. */
    static JournalPoint parse(final CommandSpec spec, final String option, final String value) {
        try {
            return JournalPoint.parse(value);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    /**
     * Refuses a point whose records are archived, before anything is read or recorded.
     *
     * @throws io.settlegate.journal.RecordArchivedException that names the segment to put back.
     */
    static void checkThere(final JournalFollower follower, final JournalPoint point) {
        final ArchivedEnd archived = follower.archivedEnd();
        if (archived == null) {
            return;
        }
        if (point.unit() == JournalPoint.Unit.SEQUENCE) {
            follower.seek(point.first());
        } else if (point.first() <= archived.timeMs()) {
            follower.seek(archived.lastSequence());
        }
    }

    /** A sequence not behind a point, and not far before it. Moves the follower. */
    static long sequenceBefore(final JournalFollower follower, final JournalPoint point) {
        if (point.unit() == JournalPoint.Unit.SEQUENCE) {
            return point.first();
        }
        follower.seekTime(point.first());
        return follower.nextBatch() ? follower.seal().firstSequence() : follower.lastSequence() + 1;
    }
}
