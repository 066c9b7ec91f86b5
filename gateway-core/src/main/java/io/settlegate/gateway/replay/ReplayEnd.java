package io.settlegate.gateway.replay;

import io.settlegate.gateway.inspection.JournalPoint;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.ScanEnd;

/**
 * How far a replay goes: to the record of a sequence, or to the last record not later than a moment.
 *
 * <p>A value.
 *
 * @param sequence of the last record that belongs to it; {@link Long#MAX_VALUE} where a moment was named.
 * @param timeMs the last moment that belongs to it; {@link Long#MAX_VALUE} where a sequence was named.
 */
public record ReplayEnd(long sequence, long timeMs) {
    /** Everything. */
    public static final ReplayEnd NONE = new ReplayEnd(Long.MAX_VALUE, Long.MAX_VALUE);

    /** @param point null where none was named. A day, minute, or second belongs to it as a whole. */
    public static ReplayEnd of(final JournalPoint point) {
        if (point == null) {
            return NONE;
        }
        return point.unit() == JournalPoint.Unit.SEQUENCE
                ? new ReplayEnd(point.last(), Long.MAX_VALUE)
                : new ReplayEnd(Long.MAX_VALUE, point.last());
    }

    /** True if the record and all after it lie behind this. */
    boolean isBefore(final RecordView record) {
        return record.sequence() > sequence || record.timeMs() > timeMs;
    }

    /** True if everything belongs to it. */
    public boolean isNone() {
        return sequence == Long.MAX_VALUE && timeMs == Long.MAX_VALUE;
    }

    public boolean isSequence() {
        return sequence != Long.MAX_VALUE;
    }

    public boolean isTime() {
        return timeMs != Long.MAX_VALUE;
    }

    /** The batch with which a scan ends. */
    ScanEnd scanEnd() {
        if (isSequence()) {
            return ScanEnd.atSequence(sequence);
        }
        return isTime() ? ScanEnd.atTime(timeMs) : ScanEnd.none();
    }

    @Override
    public String toString() {
        if (isNone()) {
            return "the end";
        }
        return isSequence() ? "record " + sequence : ShownTime.of(timeMs);
    }
}
