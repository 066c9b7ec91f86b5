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
 * <p>Reading and checking have a thread of their own, which ends before {@link #run} returns; the listener is told on the calling
 * one, in order, while the next records are read. Both block on the disk or on each other. Damage before the last segment's tail is a {@link JournalDamagedException}; where reading
 * of the last segment stopped is left for {@link TailExamination}.
 */
final class ChainWalk {
    private final Store store;
    private final SegmentPlan plan;
    private final ReplayListener listener;
    private final HeadNote head;
    private final HeadNote forceFailed;
    private final SealWitnesses witnesses;
    private final ChainStart begin;
    private final ScanEnd end;
    private final ChainVerifier verifier;
    private final BatchIndex index;
    private final List<Batch> doubted = new ArrayList<>();
    private final RunHandover handover = new RunHandover();
    private CheckedRun run;
    private Genesis genesis;
    private Seal firstSeal;
    private long sealEnd;
    private long stop;
    private boolean isAtEnd;
    private long nextSequence;

    /** A batch in the files: its first record and its seal. */
    record Batch(int segment, long start, long sealPosition, Seal seal) {}

    /** The notes may be null. */
    ChainWalk(
            final Store store,
            final SegmentPlan plan,
            final ReplayListener listener,
            final HeadNote head,
            final HeadNote forceFailed,
            final SealWitnesses witnesses,
            final ChainStart begin,
            final ScanEnd end) {
        this.store = store;
        this.plan = plan;
        this.listener = listener;
        this.head = head;
        this.forceFailed = forceFailed;
        this.witnesses = witnesses;
        this.begin = begin;
        this.end = end;
        this.verifier = new ChainVerifier(begin.chain());
        this.index = begin.index();
        if (begin.anchor() != null) {
            this.genesis = begin.anchor().genesis();
            this.firstSeal = begin.anchor().foundingSeal();
        }
    }

    /** Whatever ends the reading is thrown after all good batches before it were told. What the listener throws comes through. */
    void run() {
        final Seal begun = verifier.chain().last();
        checkBefore(HeadNote.HEAD, head, begun);
        checkBefore(HeadNote.FORCE_FAILED, forceFailed, begun);
        isAtEnd = begun != null && end.isReachedBy(begun);
        final Thread reader = new Thread(this::readAndEnd, "journal-reader");
        reader.setDaemon(true);
        reader.start();
        try {
            for (CheckedRun next = handover.next(); next != null; next = handover.next()) {
                next.tell(listener);
                handover.giveBack(next);
            }
        } finally {
            handover.cancel();
            awaitEnd(reader);
        }
        final Throwable failure = handover.failure();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** The reader stops at its next run. Not to wait for it would leave it in files that the caller may close. */
    private static void awaitEnd(final Thread reader) {
        boolean isInterrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (final InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAndEnd() {
        Throwable failure = null;
        try {
            nextRun();
            readAll();
        } catch (final RuntimeException | Error e) {
            failure = e;
        }
        // The run is the listener's from here on, and the open batch in it is forgotten there.
        nextSequence = verifier.nextSequence();
        if (run != null && !run.isEmpty()) {
            handover.put(run);
        }
        handover.end(failure);
    }

    private void nextRun() {
        run = null;
        run = handover.take();
        verifier.useRecords(run.records());
    }

    private void readAll() {
        for (int i = begin.segmentIndex(); i < plan.chain().size(); i++) {
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
                    i == begin.segmentIndex() ? begin.position() : 0,
                    isLast ? null : plan.notices().get(i + 1));
        }
        if (isAtEnd) {
            return;
        }
        final Damage missing =
                witnesses.missing(plan.lastSegment(), verifier.chain().last());
        requireNone(missing == null ? null : missing.at(store, stop));
    }

    private static void requireNone(final Damage damage) {
        if (damage != null) {
            throw new JournalDamagedException(damage);
        }
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
                    throw damaged(reader, reader.position(), fault, FieldFault.sentence(fault));
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
        requireNone(witnesses.contradiction(batch.segment(), seal));
        index.add(seal.firstSequence(), batch.segment(), batch.start());
        if (forceFailed != null && seal.sealNumber() > forceFailed.sealNumber()) {
            doubted.add(batch);
        }
        if (genesis == null) {
            takeGenesis(batch);
        }
        run.seal(seal);
        verifier.keepBatch();
        isAtEnd = end.isReachedBy(seal);
        if (run.isFull()) {
            handover.put(run);
            nextRun();
        }
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

    private void checkBorder(final int segment, final SegmentNotice until) {
        final Seal seal = verifier.chain().last();
        if (!Arrays.equals(seal.hash(), until.sealHash()) || seal.lastSequence() != until.lastSequence()) {
            throw damaged(segment, "hash", "the next segment names another seal of this number", Damage.RESTORE);
        }
    }

    private JournalDamagedException damaged(
            final SegmentReader reader, final long position, final String field, final String reason) {
        return new JournalDamagedException(new Damage(
                        reader.segment(),
                        verifier.nextSequence(),
                        verifier.chain().nextNumber(),
                        field,
                        reason,
                        Damage.RESTORE)
                .at(store, position));
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

    /** The sequence behind the last record that was good in itself, sealed or not. */
    long nextSequence() {
        return nextSequence;
    }
}
