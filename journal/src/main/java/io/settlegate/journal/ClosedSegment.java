package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * A segment of the journal that is not written any more, because another one follows it.
 *
 * <p>A value.
 *
 * @param segment its number.
 * @param next number of the one that follows.
 * @param firstSequence of its own records.
 * @param lastSequence under the seal with which it ended.
 * @param firstSeal the first of its seals.
 * @param lastSeal with which it ended.
 * @param lastSealHash of that seal.
 * @param endTimeMs no record of it is later.
 */
public record ClosedSegment(
        int segment,
        int next,
        long firstSequence,
        long lastSequence,
        long firstSeal,
        long lastSeal,
        byte[] lastSealHash,
        long endTimeMs) {

    /** All of a journal that are there, the oldest first. Reads the first records of each. */
    public static List<ClosedSegment> of(final Store store) {
        final SegmentPlan plan =
                SegmentPlan.of(store, HeadNote.decode(HeadNote.FORCE_FAILED, store.readNote(HeadNote.FORCE_FAILED)));
        final List<ClosedSegment> closed = new ArrayList<>();
        for (int i = 0; i + 1 < plan.chain().size(); i++) {
            final SegmentNotice opening = plan.notices().get(i);
            final SegmentNotice end = plan.notices().get(i + 1);
            closed.add(new ClosedSegment(
                    plan.chain().get(i),
                    plan.chain().get(i + 1),
                    opening == null ? 0 : opening.lastSequence() + 1,
                    end.lastSequence(),
                    opening == null ? 0 : opening.sealNumber() + 1,
                    end.sealNumber(),
                    end.sealHash(),
                    firstTimeMs(store, plan.chain().get(i + 1))));
        }
        return closed;
    }

    private static long firstTimeMs(final Store store, final int segment) {
        final RecordFlyweight record = new RecordFlyweight();
        try (SegmentReader reader = new SegmentReader(store, segment)) {
            while (reader.next() && record.wrap(reader.record()) == null) {
                if (record.kind().isSequenced()) {
                    return record.timeMs();
                }
            }
        }
        return Long.MAX_VALUE;
    }
}
