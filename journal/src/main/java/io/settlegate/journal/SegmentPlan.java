package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.ArrayList;
import java.util.List;

/**
 * Which segments make up the journal, in order. The newest whose opening was completed is the last; each names the one before.
 * A segment that a start or a running writer created and did not complete is abandoned: nobody was told of anything in it.
 *
 * @param chain numbers of the segments to read, ascending.
 * @param notices for each of them what its first record says; null for segment 0.
 * @param abandoned numbers above the last of the chain.
 */
record SegmentPlan(List<Integer> chain, List<SegmentNotice> notices, List<Integer> abandoned) {

    static SegmentPlan of(final Store store, final HeadNote forceFailed) {
        final List<Integer> present = new ArrayList<>(store.segments());
        if (present.isEmpty()) {
            throw new JournalException("there is no journal here; found one first");
        }
        final List<Integer> abandoned = new ArrayList<>();
        while (!isOpeningComplete(store, present.get(present.size() - 1), forceFailed)) {
            abandoned.add(0, present.remove(present.size() - 1));
            if (present.isEmpty()) {
                throw damaged(
                        0,
                        "founding",
                        "the founding was never completed",
                        "remove the directory and found the journal again");
            }
        }
        final List<Integer> chain = new ArrayList<>();
        final List<SegmentNotice> notices = new ArrayList<>();
        int segment = present.get(present.size() - 1);
        while (true) {
            final SegmentNotice notice = segment == 0 ? null : noticeOf(store, segment);
            chain.add(0, segment);
            notices.add(0, notice);
            if (segment == 0) {
                return new SegmentPlan(chain, notices, abandoned);
            }
            if (notice.previousSegment() >= segment || notice.previousSegment() < 0) {
                throw damaged(
                        segment, "previousSegment", "it names segment " + notice.previousSegment(), Damage.RESTORE);
            }
            segment = notice.previousSegment();
            if (!present.contains(segment)) {
                throw damaged(segment, "segment", "the segment is missing", Damage.RESTORE);
            }
        }
    }

    private static SegmentNotice noticeOf(final Store store, final int segment) {
        try (SegmentReader reader = new SegmentReader(store, segment)) {
            final RecordFlyweight record = new RecordFlyweight();
            final String fault = reader.next() ? record.wrap(reader.record()) : "frame";
            if (fault != null) {
                throw unreadable(store, segment, fault, "its first record cannot be read");
            }
            final SegmentNotice notice = isNotice(record) ? SegmentNotice.decode(record.command()) : null;
            if (notice == null) {
                throw unreadable(store, segment, "kind", "its first record does not say what came before");
            }
            return notice;
        }
    }

    private static boolean isNotice(final RecordFlyweight record) {
        return record.kind() == RecordKind.SEGMENT || record.kind() == RecordKind.COPY;
    }

    private static boolean isOpeningComplete(final Store store, final int segment, final HeadNote forceFailed) {
        if (readsUpToOpeningSeal(store, segment)) {
            return true;
        }
        // Copies of records stand in a segment before its opening is complete, but only while the force-failed note is
        // there.
        final boolean mayHoldCopies = forceFailed != null && forceFailed.segment() < segment;
        if (!mayHoldCopies && holdsCommands(store, segment)) {
            if (readsUpToOpeningSeal(store, segment)) {
                // A running writer completed the opening between the two looks.
                return true;
            }
            throw unreadable(store, segment, "opening", "its first records cannot be read and later ones can");
        }
        return false;
    }

    private static boolean readsUpToOpeningSeal(final Store store, final int segment) {
        try (SegmentReader reader = new SegmentReader(store, segment)) {
            final RecordFlyweight record = new RecordFlyweight();
            long opening = -1;
            boolean isCopy = false;
            boolean isFirst = true;
            while (reader.next() && record.wrap(reader.record()) == null) {
                final RecordKind kind = record.kind();
                if (isFirst && kind == RecordKind.COPY) {
                    isCopy = true;
                } else if (kind == RecordKind.GENESIS
                        || (kind == RecordKind.SEGMENT && isOwn(record, isCopy, segment))) {
                    opening = record.sequence();
                } else if (kind == RecordKind.SEAL && opening >= 0) {
                    final byte[] body = record.command();
                    return Seal.faultOf(body) == null && Seal.decode(body).lastSequence() == opening;
                }
                isFirst = false;
            }
            return false;
        }
    }

    /** A SEGMENT record among copies is this segment's own if its notice names this segment as the place of its seal. */
    private static boolean isOwn(final RecordFlyweight record, final boolean isCopy, final int segment) {
        if (!isCopy) {
            return true;
        }
        final SegmentNotice notice = SegmentNotice.decode(record.command());
        return notice != null && notice.previousSegment() == segment;
    }

    private static boolean holdsCommands(final Store store, final int segment) {
        final boolean[] found = new boolean[1];
        try (RawScan scan = new RawScan(store, segment)) {
            scan.scan(0, (record, position) -> {
                found[0] = record.kind() == RecordKind.COMMAND;
                return !found[0];
            });
        }
        return found[0];
    }

    private static JournalDamagedException unreadable(
            final Store store, final int segment, final String field, final String reason) {
        return new JournalDamagedException(new Damage(segment, -1, -1, field, reason, Damage.RESTORE).at(store, 0));
    }

    private static JournalDamagedException damaged(
            final int segment, final String field, final String reason, final String advice) {
        return new JournalDamagedException(new Damage(segment, -1, -1, field, reason, advice));
    }

    int lastSegment() {
        return chain.get(chain.size() - 1);
    }
}
