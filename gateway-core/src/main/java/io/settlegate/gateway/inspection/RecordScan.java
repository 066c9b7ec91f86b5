package io.settlegate.gateway.inspection;

import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordView;
import java.util.function.Predicate;

/**
 * Reads the records between two points, and shows those that are wanted.
 *
 * <p>One thread; blocks on the disk. Holds one batch, however many records there are.
 */
public final class RecordScan {
    private final JournalFollower follower;
    private final JournalPoint from;
    private final JournalPoint to;
    private long seenSequence = -1;
    private long readCount;

    /** What is done with a record that is wanted. */
    @FunctionalInterface
    public interface Taker {
        /** @return false if no more are wanted. */
        boolean take(JournalFollower at, int index);
    }

    /**
     * Goes to the first point.
     *
     * @param to null where there is no end.
     */
    public RecordScan(final JournalFollower follower, final JournalPoint from, final JournalPoint to) {
        this.follower = follower;
        this.from = from;
        this.to = to;
        if (from.unit() == JournalPoint.Unit.SEQUENCE) {
            follower.seek(from.first());
        } else {
            follower.seekTime(from.first());
        }
    }

    /**
     * Reads what is durable now, and may be asked again for what came since.
     *
     * @return false at the end: the second point is passed, or the taker had enough.
     */
    public boolean run(final Predicate<RecordView> filter, final Taker taker) {
        while (follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                final RecordView record = follower.get(i);
                seenSequence = record.sequence();
                if (to != null && valueOf(to, record) > to.last()) {
                    return false;
                }
                if (valueOf(from, record) >= from.first()) {
                    readCount++;
                    if (filter.test(record) && !taker.take(follower, i)) {
                        return false;
                    }
                }
            }
        }
        return to == null || to.unit() == JournalPoint.Unit.TIME || seenSequence < to.last();
    }

    private static long valueOf(final JournalPoint point, final RecordView record) {
        return point.unit() == JournalPoint.Unit.SEQUENCE ? record.sequence() : record.timeMs();
    }

    /** Records between the points that were looked at. */
    public long readCount() {
        return readCount;
    }
}
