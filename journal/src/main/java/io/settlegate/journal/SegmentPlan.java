package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which segments make up the journal, in order. The newest whose opening was completed is the last; each names the one before.
 * A segment that a start or a running writer created and did not complete is abandoned: nobody was told of anything in it.
 *
 * @param chain numbers of the segments to read, ascending.
 * @param notices for each of them what its first record says; null for segment 0.
 * @param abandoned numbers above the last of the chain.
 * @param archived which segments may be missing; null if none may.
 */
record SegmentPlan(List<Integer> chain, List<SegmentNotice> notices, List<Integer> abandoned, ArchivedNote archived) {

    /** For readers beside a writer: a segment that is just being begun can look damaged for a moment, and is looked at twice. */
    static SegmentPlan ofRunning(final Store store, final HeadNote forceFailed) {
        try {
            return of(store, forceFailed);
        } catch (final JournalDamagedException e) {
            return of(store, forceFailed);
        }
    }

    static SegmentPlan of(final Store store, final HeadNote forceFailed) {
        final List<Integer> present = new ArrayList<>(store.segments());
        if (present.isEmpty()) {
            throw nothing(store, forceFailed);
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
        final ArchivedNote archived = ArchivedNote.decode(store.readNote(ArchivedNote.NAME));
        final List<Integer> chain = new ArrayList<>();
        final List<SegmentNotice> notices = new ArrayList<>();
        int segment = present.get(present.size() - 1);
        while (true) {
            final SegmentNotice notice = segment == 0 ? null : noticeOf(store, segment);
            chain.add(0, segment);
            notices.add(0, notice);
            if (segment == 0) {
                checkPassedOver(store, present, chain);
                return new SegmentPlan(chain, notices, abandoned, archived);
            }
            if (notice.previousSegment() >= segment || notice.previousSegment() < 0) {
                throw damaged(
                        segment, "previousSegment", "it names segment " + notice.previousSegment(), Damage.RESTORE);
            }
            segment = notice.previousSegment();
            if (!present.contains(segment) && archived != null && segment < archived.firstSegment()) {
                final SegmentPlan plan = new SegmentPlan(chain, notices, abandoned, archived);
                plan.checkArchived();
                checkPassedOver(store, present, chain);
                return plan;
            }
            if (!present.contains(segment)) {
                throw damaged(segment, "segment", "the segment is missing", Damage.RESTORE);
            }
        }
    }

    /**
     * Segments that no other names were begun by starts that did not finish. One whose opening is complete was not: had it been the
     * newest when the next was begun, the next would name it. Unless the next begins with copies, which are of what stands there.
     */
    private static void checkPassedOver(final Store store, final List<Integer> present, final List<Integer> chain) {
        for (final int segment : present) {
            if (segment > chain.get(0)
                    && !chain.contains(segment)
                    && readsUpToOpeningSeal(store, segment)
                    && !beginsWithCopies(store, next(chain, segment))) {
                throw damaged(
                        segment,
                        "segment",
                        "it holds sealed records, and no later segment goes on after it: segments are under each other's"
                                + " names, or one is missing",
                        Damage.RESTORE);
            }
        }
    }

    private static int next(final List<Integer> chain, final int segment) {
        return chain.stream().filter(each -> each > segment).findFirst().orElseThrow();
    }

    private static boolean beginsWithCopies(final Store store, final int segment) {
        try (SegmentReader reader = new SegmentReader(store, segment)) {
            final RecordFlyweight record = new RecordFlyweight();
            return reader.next() && record.wrap(reader.record()) == null && record.kind() == RecordKind.COPY;
        }
    }

    private static JournalException nothing(final Store store, final HeadNote forceFailed) {
        final HeadNote head = HeadNote.decode(HeadNote.HEAD, store.readNote(HeadNote.HEAD));
        final Damage missing = new SealWitnesses(store, head, forceFailed).missingAll();
        if (missing != null) {
            return new JournalDamagedException(missing);
        }
        final ArchivedNote archived = ArchivedNote.decode(store.readNote(ArchivedNote.NAME));
        return archived != null
                ? damaged(archived.firstSegment(), "segment", "the segment is missing", Damage.RESTORE)
                : new JournalException("there is no journal here; found one first");
    }

    private void checkArchived() {
        final int index = chain.indexOf(archived.firstSegment());
        final SegmentNotice notice = index < 0 ? null : notices.get(index);
        final Seal last = archived.anchor().seal();
        if (notice == null
                || notice.sealNumber() != last.sealNumber()
                || !Arrays.equals(notice.sealHash(), last.hash())) {
            throw damaged(
                    archived.firstSegment(),
                    ArchivedNote.NAME + " note",
                    "it does not go on after " + last + ", up to which the journal was archived",
                    "restore the archived segments");
        }
    }

    /** True if the first record is there. */
    boolean isFromFounding() {
        return chain.get(0) == 0;
    }

    /** @throws JournalException if it is not. */
    void checkFromFounding() {
        if (!isFromFounding()) {
            throw new JournalException("the records before " + firstSequence() + " are archived (segments before "
                    + chain.get(0)
                    + "), and this needs every record from the first; put those segments back with `journal restore-archived`,"
                    + " or begin at a snapshot (`replay --from-snapshot`)");
        }
    }

    /** The first sequence that is there. */
    long firstSequence() {
        return firstSequence(0);
    }

    private long firstSequence(final int index) {
        return notices.get(index) == null ? 0 : notices.get(index).lastSequence() + 1;
    }

    /** The place in the chain of the segment in which a seal would stand; -1 if it would stand before the first. */
    int indexOfSeal(final long sealNumber) {
        int index = chain.size() - 1;
        while (index >= 0 && notices.get(index) != null && notices.get(index).sealNumber() >= sealNumber) {
            index--;
        }
        return index;
    }

    /** True if a seal was forced, and all before it: by its level, by the note of it, or because a later segment was begun. */
    boolean isForced(final Seal seal, final HeadNote head) {
        final SegmentNotice newest = notices.get(notices.size() - 1);
        return seal.durability().isForced()
                || (head != null && seal.sealNumber() <= head.sealNumber())
                || (newest != null && seal.sealNumber() <= newest.sealNumber());
    }

    /** The place in the chain of the segment that begins behind a seal which is the last of those archived; -1 if it is not. */
    int indexBehindArchived(final Seal seal) {
        final boolean isLastArchived = archived != null
                && indexOfSeal(seal.sealNumber()) < 0
                && archived.anchor().seal().equals(seal);
        return isLastArchived ? chain.indexOf(archived.firstSegment()) : -1;
    }

    /** True if an index of the batches up to a record lets each segment begin where it does begin. */
    boolean agreesWith(final BatchIndex index, final long lastSequence) {
        final int[] next = {-1};
        final boolean isRight = index.visitSegments((segment, firstSequence) -> {
            if (segment < chain.get(0)) {
                return true;
            }
            final int at = next[0] < 0 ? chain.indexOf(segment) : next[0];
            next[0] = at + 1;
            return at >= 0 && at < chain.size() && chain.get(at) == segment && firstSequence(at) == firstSequence;
        });
        if (next[0] < 0) {
            // All of it is archived.
            return isRight && firstSequence() == lastSequence + 1;
        }
        return isRight && (next[0] == chain.size() || firstSequence(next[0]) > lastSequence);
    }

    /** What the journal was founded with; null if that cannot be read. */
    Genesis genesis(final Store store) {
        try {
            return Journal.genesisOf(store);
        } catch (final JournalException e) {
            return null;
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
