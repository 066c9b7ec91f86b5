package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the segments of a plan in order, checks everything but signatures, and tells the listener what is sealed.
 *
 * <p>One thread; blocks on the disk. Damage before the last segment's tail is a {@link JournalDamagedException}; where reading
 * of the last segment stopped is left for {@link TailExamination}.
 */
final class ChainWalk {
    private final Store store;
    private final SegmentPlan plan;
    private final ReplayListener listener;
    private final HeadNote head;
    private final HeadNote forceFailed;
    private final ChainStart start;
    private final ScanEnd end;
    private final ChainVerifier verifier;
    private final BatchIndex index;
    private final List<Batch> doubted = new ArrayList<>();
    private Genesis genesis;
    private Seal firstSeal;
    private long sealEnd;
    private long stop;
    private boolean isAtEnd;

    /** A batch in the files: its first record and its seal. */
    record Batch(int segment, long start, long sealPosition, Seal seal) {}

    /** The notes may be null. */
    ChainWalk(
            final Store store,
            final SegmentPlan plan,
            final ReplayListener listener,
            final HeadNote head,
            final HeadNote forceFailed,
            final ChainStart start,
            final ScanEnd end) {
        this.store = store;
        this.plan = plan;
        this.listener = listener;
        this.head = head;
        this.forceFailed = forceFailed;
        this.start = start;
        this.end = end;
        this.verifier = new ChainVerifier(start.chain());
        this.index = start.index();
        if (start.anchor() != null) {
            this.genesis = start.anchor().genesis();
            this.firstSeal = start.anchor().foundingSeal();
        }
    }

    void run() {
        final Seal begun = verifier.chain().last();
        checkBefore(HeadNote.HEAD, head, begun);
        checkBefore(HeadNote.FORCE_FAILED, forceFailed, begun);
        isAtEnd = begun != null && end.isReachedBy(begun);
        for (int i = start.segmentIndex(); i < plan.chain().size(); i++) {
            final int segment = plan.chain().get(i);
            final String beside = store.faultBeside(segment);
            if (beside != null) {
                throw damaged(
                        segment, "metadata", beside, "no record is in that file: move it away and run journal verify");
            }
            final boolean isLast = i == plan.chain().size() - 1;
            if (isAtEnd) {
                return;
            }
            read(
                    segment,
                    i == start.segmentIndex() ? start.position() : 0,
                    isLast ? null : plan.notices().get(i + 1));
        }
        if (isAtEnd) {
            return;
        }
        checkNote(HeadNote.HEAD, head);
        checkNote(HeadNote.FORCE_FAILED, forceFailed);
    }

    /** Reads one segment, up to the seal that the next segment names, or as far as it goes if it is the last. */
    private void read(final int segment, final long from, final SegmentNotice until) {
        sealEnd = from;
        if (until != null && isReached(until)) {
            checkBorder(segment, until);
            return;
        }
        try (SegmentReader reader = new SegmentReader(store, segment)) {
            reader.seek(from);
            long start = -1;
            while (true) {
                if (!reader.next()) {
                    stop = reader.nextPosition();
                    break;
                }
                final String fault = verifier.accept(reader.record());
                if (fault != null && !verifier.isRecordWhole() && until == null) {
                    stop = reader.position();
                    break;
                }
                if (fault != null) {
                    throw damaged(
                            segment, fault, "the record there is not the one that must stand there", Damage.RESTORE);
                }
                if (start < 0 && verifier.records().count() > 0) {
                    start = reader.position();
                }
                if (verifier.sealed() == null) {
                    continue;
                }
                sealEnd = reader.nextPosition();
                takeBatch(new Batch(segment, start, reader.position(), verifier.sealed()));
                start = -1;
                if (until != null && isReached(until)) {
                    checkBorder(segment, until);
                    return;
                }
                if (isAtEnd) {
                    return;
                }
            }
        }
        if (until != null) {
            throw damaged(
                    segment,
                    "frame",
                    "reading stops before seal " + until.sealNumber()
                            + ", with which the segment ended when the next was begun",
                    Damage.RESTORE);
        }
        if (verifier.chain().last() == null) {
            throw damaged(segment, "frame", "no seal can be read", Damage.RESTORE);
        }
    }

    private boolean isReached(final SegmentNotice until) {
        final Seal last = verifier.chain().last();
        return last != null && last.sealNumber() == until.sealNumber();
    }

    private void takeBatch(final Batch batch) {
        final Seal seal = batch.seal();
        checkNamed(batch, HeadNote.HEAD, head);
        checkNamed(batch, HeadNote.FORCE_FAILED, forceFailed);
        index.add(seal.firstSequence(), batch.segment(), batch.start());
        if (forceFailed != null && seal.sealNumber() > forceFailed.sealNumber()) {
            doubted.add(batch);
        }
        if (genesis == null) {
            takeGenesis(batch);
        }
        final BatchRecords records = verifier.records();
        for (int i = 0; i < records.count(); i++) {
            listener.onRecord(records.get(i));
        }
        verifier.closeBatch();
        listener.onSeal(seal);
        isAtEnd = end.isReachedBy(seal);
    }

    /** A note that names a seal before the place at which reading begins: it is looked up. */
    private void checkBefore(final String name, final HeadNote note, final Seal begun) {
        if (note == null || begun == null || note.sealNumber() > begun.sealNumber()) {
            return;
        }
        final SealSearch.Found found = SealSearch.find(store, plan, note.sealNumber());
        if (found.index() >= 0 && (found.seal() == null || !note.names(found.seal()))) {
            throw damaged(
                    plan.chain().get(found.index()),
                    "hash",
                    "the " + name + " note names a seal that does not stand there",
                    Damage.RESTORE);
        }
    }

    private void takeGenesis(final Batch batch) {
        final RecordFlyweight record = verifier.records().get(0);
        genesis = record.kind() == RecordKind.GENESIS ? Genesis.decode(record.command()) : null;
        if (genesis == null) {
            throw damaged(batch.segment(), "genesis", "record 0 is no founding record", Damage.RESTORE);
        }
        firstSeal = batch.seal();
    }

    private void checkNamed(final Batch batch, final String name, final HeadNote note) {
        if (note != null && note.sealNumber() == batch.seal().sealNumber() && !note.names(batch.seal())) {
            throw damaged(
                    batch.segment(), "hash", "the " + name + " note names another seal of this number", Damage.RESTORE);
        }
    }

    private void checkBorder(final int segment, final SegmentNotice until) {
        final Seal seal = verifier.chain().last();
        if (!Arrays.equals(seal.hash(), until.sealHash()) || seal.lastSequence() != until.lastSequence()) {
            throw damaged(segment, "hash", "the next segment names another seal of this number", Damage.RESTORE);
        }
    }

    private void checkNote(final String name, final HeadNote note) {
        final Seal last = verifier.chain().last();
        if (note != null && note.sealNumber() > last.sealNumber()) {
            throw damaged(
                    plan.lastSegment(),
                    name + " note",
                    "seal " + note.sealNumber() + " over record " + note.lastSequence() + " was durable, and only "
                            + last + " can be read",
                    Damage.RESTORE);
        }
    }

    private JournalDamagedException damaged(
            final int segment, final String field, final String reason, final String advice) {
        return new JournalDamagedException(
                new Damage(segment, verifier.nextSequence(), verifier.chain().nextNumber(), field, reason, advice));
    }

    SealChain chain() {
        return verifier.chain();
    }

    BatchIndex index() {
        return index;
    }

    Genesis genesis() {
        return genesis;
    }

    Seal firstSeal() {
        return firstSeal;
    }

    /** Batches after the seal that the force-failed note names. */
    List<Batch> doubted() {
        return doubted;
    }

    /** Where the last good seal ends in the last segment. */
    long sealEnd() {
        return sealEnd;
    }

    /** Where reading the last segment stopped. */
    long stop() {
        return stop;
    }

    long nextSequence() {
        return verifier.nextSequence();
    }
}
