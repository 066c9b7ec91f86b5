package io.settlegate.gateway;

import io.settlegate.gateway.inspection.JournalPoint;
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

    /** A sequence not behind a point, and not far before it. Moves the follower. */
    static long sequenceBefore(final JournalFollower follower, final JournalPoint point) {
        if (point.unit() == JournalPoint.Unit.SEQUENCE) {
            return point.first();
        }
        follower.seekTime(point.first());
        return follower.nextBatch() ? follower.seal().firstSequence() : follower.lastSequence() + 1;
    }
}
