package io.settlegate.journal;

import io.settlegate.journal.store.SealHashFile;
import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.receipt.Seal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Verifies a whole journal, every seal's signature included, and reports every damage that it finds rather than the first.
 * After a damage it goes on from the next seal that can be read, and believes that one.
 *
 * <p>Signatures, and a part of the hashing, are done on a second thread, which ends with the verification; what is reported, and in
 * which order, does not depend on it. Blocks on the disk; needs no lock and changes nothing. Damage is in the report, never thrown.
 */
public final class JournalVerification {
    private static final int MAX_DAMAGES = 1_000;
    private static final int MAX_PENDING = 64;

    /** How often the end of a journal that looks damaged is looked at: a writer is in the middle of a record for microseconds. */
    private static final int MAX_LOOKS = 4;

    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Store store;
    private final SealHashFile archivedSeals;
    private final List<HeadComparison> heads;
    private final SecondThread beside;
    private ChainVerifier verifier;
    private final ThreadLocal<BouncyCastleVerifier> signatures = ThreadLocal.withInitial(BouncyCastleVerifier::new);

    /** Signatures that are being checked, in the order of the journal. */
    private final ArrayDeque<FutureTask<Damage>> pending = new ArrayDeque<>();

    private final RecordFlyweight record = new RecordFlyweight();
    private final List<Damage> damages = new ArrayList<>();
    private Sm2PublicKey key;
    private DurableBound bound;
    private SealWitnesses witnesses;
    private long recordCount;
    private long sealCount;
    private boolean isLost;
    private ArchivedRange archived;
    private List<SnapshotCheck> snapshots = List.of();

    /** Told of each seal that was read, in the order of the journal; of some between none after a damage. */
    private final Consumer<Seal> seals;

    /**
     * What was found.
     *
     * @param damages in the order of the journal; at most 1000 are kept.
     * @param recordCount records under a good seal.
     * @param sealCount good seals.
     * @param lastSeal the newest that was read, null if none.
     * @param archived what is archived and was not read; null if nothing is.
     * @param snapshots each of them; what is wrong with one stands among the damages too.
     */
    public record Report(
            List<Damage> damages,
            long recordCount,
            long sealCount,
            Seal lastSeal,
            ArchivedRange archived,
            List<SnapshotCheck> snapshots) {
        public boolean isGood() {
            return damages.isEmpty();
        }

        /** The first damage, null if there is none. */
        public Damage first() {
            return damages.isEmpty() ? null : damages.get(0);
        }
    }

    private JournalVerification(
            final Store store,
            final SealHashFile archivedSeals,
            final List<HeadComparison> heads,
            final Consumer<Seal> seals,
            final SecondThread beside) {
        this.store = store;
        this.archivedSeals = archivedSeals;
        this.heads = heads;
        this.seals = seals;
        this.beside = beside;
        this.verifier = new ChainVerifier(new SealChain(), beside);
    }

    /** Of a store that keeps no hashes of archived seals, or whose are not to be looked at. */
    public static Report verify(final Store store) {
        return verify(store, seal -> {});
    }

    /** @param seals is told of each seal that was read, in order; after a damage of those that could be read. */
    public static Report verify(final Store store, final Consumer<Seal> seals) {
        try (SecondThread beside = new SecondThread()) {
            return new JournalVerification(store, null, List.of(), seals, beside).run();
        }
    }

    /**
     * The whole journal, its archived part as far as it is kept.
     *
     * @param archivedSeals hashes of the seals whose segments may be gone; the file need not be there if nothing was archived.
     * @param heads are compared with the journal, across the cut.
     */
    public static Report verify(final Store store, final SealHashFile archivedSeals, final List<HeadComparison> heads) {
        try (SecondThread beside = new SecondThread()) {
            final Consumer<Seal> seals = seal -> heads.forEach(head -> head.accept(seal));
            return new JournalVerification(store, archivedSeals, heads, seals, beside).run();
        }
    }

    private Report run() {
        try {
            final HeadNote forceFailed = HeadNote.decode(HeadNote.FORCE_FAILED, store.readNote(HeadNote.FORCE_FAILED));
            final HeadNote head = HeadNote.decode(HeadNote.HEAD, store.readNote(HeadNote.HEAD));
            witnesses = new SealWitnesses(store, head, forceFailed);
            bound = DurableBound.of(store);
            final List<Long> sequences = store.snapshots().sequences();
            final SegmentPlan plan = SegmentPlan.ofRunning(store, forceFailed);
            final ArchivedPartCheck archivedPart = new ArchivedPartCheck(plan.archived(), this::report);
            for (int i = begin(plan, archivedPart); i < plan.chain().size(); i++) {
                final boolean isLast = i == plan.chain().size() - 1;
                verifySegment(
                        plan.chain().get(i), isLast ? null : plan.notices().get(i + 1));
            }
            verifySnapshots(plan, sequences);
            archivedPart.requireSnapshot(archived, snapshots);
        } catch (final JournalDamagedException e) {
            report(e.damage());
            verifyWithoutPlan();
        }
        final Seal last = verifier.chain().last();
        if (witnesses != null) {
            reportIfAny(witnesses.missing(-1, last));
        }
        settleSignatures();
        return new Report(List.copyOf(damages), recordCount, sealCount, last, archived, snapshots);
    }

    /** The first segment of the chain to be read: behind what was archived the chain goes on from a seal that proves itself. */
    private int begin(final SegmentPlan plan, final ArchivedPartCheck check) {
        check.checkSeals(archivedSeals, heads, signatures.get());
        final ChainStart first = ChainStart.first(plan);
        if (first.anchor() != null) {
            key = first.anchor().genesis().gatewayKey();
            verifier = new ChainVerifier(first.chain(), beside);
            archived = ArchivedPartCheck.rangeOf(plan);
        }
        return first.segmentIndex();
    }

    private void verifySnapshots(final SegmentPlan plan, final List<Long> sequences) {
        snapshots = SnapshotVerification.check(store, plan, sequences);
        for (final SnapshotCheck check : snapshots) {
            if (check.finding() == SnapshotCheck.Finding.BAD) {
                report(new Damage(
                        -1,
                        check.sequence(),
                        -1,
                        "snapshot",
                        check.place() + ": " + check.reason(),
                        "no record is in that file: move it away; a start uses the one before it"));
            }
        }
    }

    /** The order of the segments is not known: each is read as far as it goes, for what can still be said. */
    private void verifyWithoutPlan() {
        if (recordCount > 0) {
            return;
        }
        for (final int segment : store.segments()) {
            try (SegmentReader reader = new SegmentReader(store, segment)) {
                read(reader, null);
            }
        }
    }

    private void verifySegment(final int segment, final SegmentNotice until) {
        final String beside = store.faultBeside(segment);
        if (beside != null) {
            report(new Damage(
                    segment,
                    verifier.nextSequence(),
                    verifier.chain().nextNumber(),
                    "metadata",
                    beside,
                    Damage.RESTORE));
        }
        try (SegmentReader reader = new SegmentReader(store, segment)) {
            long sealEnd = read(reader, until);
            while (sealEnd >= 0 && until != null && seek(reader)) {
                report(reader, reader.nextPosition(), "frame", "the bytes between records are wrong");
                lose();
                sealEnd = read(reader, until);
            }
            if (sealEnd < 0) {
                return;
            }
            if (until != null) {
                report(
                        reader,
                        reader.nextPosition(),
                        "frame",
                        "reading stops before seal " + until.sealNumber() + ", with which the segment ended");
            } else if (verifier.chain().last() != null) {
                examineTail(segment, sealEnd, reader);
            }
        }
    }

    private void examineTail(final int segment, final long firstEnd, final SegmentReader reader) {
        long sealEnd = firstEnd;
        for (int look = 1; ; look++) {
            try {
                final Seal last = verifier.chain().last();
                TailExamination.examine(store, segment, last, sealEnd, reader.nextPosition(), verifier.nextSequence());
                return;
            } catch (final JournalDamagedException e) {
                if (isBeingWritten()) {
                    return;
                }
                if (isLost || look == MAX_LOOKS) {
                    report(e.damage());
                    if (seek(reader)) {
                        lose();
                        read(reader, null);
                    }
                    return;
                }
            }
            // A writer may have been in the middle of it.
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            verifier.dropBatch();
            reader.seek(sealEnd);
            sealEnd = Math.max(sealEnd, read(reader, null));
        }
    }

    /** True if all that was durable at the start was read and more has become durable since: the end is the writer's. */
    private boolean isBeingWritten() {
        return bound != null
                && !isLost
                && verifier.chain().last().sealNumber() >= bound.sealNumber()
                && DurableBound.of(store).sealNumber() > bound.sealNumber();
    }

    /** Goes to the next whole record after the place where reading stopped; false if there is none. */
    private boolean seek(final SegmentReader reader) {
        final long found = RawScan.nextRecord(store, reader.segment(), reader.nextPosition() + 1);
        if (found >= 0) {
            reader.seek(found);
        }
        return found >= 0;
    }

    /** Reads on; answers -1 once the seal that ends the segment was read, else where the last good seal ended. */
    private long read(final SegmentReader reader, final SegmentNotice until) {
        long sealEnd = 0;
        while (reader.next()) {
            if (isLost) {
                resume(reader);
            } else {
                final String fault = verifier.accept(reader.record());
                if (fault != null && !verifier.isRecordWhole() && until == null && isEnd(reader, sealEnd)) {
                    reader.seek(reader.position());
                    return sealEnd;
                }
                if (fault != null) {
                    report(reader, reader.position(), fault, FieldFault.sentence(fault));
                    lose();
                    resume(reader);
                } else if (verifier.sealed() != null) {
                    takeSeal(reader);
                }
            }
            final Seal last = verifier.chain().last();
            if (last != null && verifier.records().count() == 0 && !isLost) {
                sealEnd = reader.nextPosition();
                if (until != null && last.sealNumber() == until.sealNumber()) {
                    return -1;
                }
            }
        }
        return sealEnd;
    }

    /** In the last segment an unreadable end may be a torn tail, which is judged as a whole, and as a start judges it. */
    private boolean isEnd(final SegmentReader reader, final long sealEnd) {
        return RawScan.nextRecord(store, reader.segment(), reader.nextPosition()) < 0 || isTorn(reader, sealEnd);
    }

    private boolean isTorn(final SegmentReader reader, final long sealEnd) {
        final Seal last = verifier.chain().last();
        if (last == null) {
            return false;
        }
        try {
            TailExamination.examine(store, reader.segment(), last, sealEnd, reader.position(), verifier.nextSequence());
            return true;
        } catch (final JournalDamagedException e) {
            return false;
        }
    }

    private void takeSeal(final SegmentReader reader) {
        final Seal seal = verifier.sealed();
        if (key == null) {
            final Genesis genesis = Genesis.decode(verifier.records().get(0).command());
            if (genesis == null) {
                report(
                        reader,
                        reader.position(),
                        "genesis",
                        "record 0 is no founding record: no signature can be checked");
            } else {
                key = genesis.gatewayKey();
            }
        }
        recordCount += verifier.records().count();
        sealCount++;
        verifier.closeBatch();
        reportContradiction(reader, seal);
        checkSignature(reader, seal);
        seals.accept(seal);
    }

    private void reportContradiction(final SegmentReader reader, final Seal seal) {
        final Damage damage = witnesses == null ? null : witnesses.contradiction(reader.segment(), seal);
        if (damage != null) {
            report(damage.at(store, reader.position()));
        }
    }

    private void checkSignature(final SegmentReader reader, final Seal seal) {
        if (key == null) {
            return;
        }
        final Sm2PublicKey signer = key;
        final Damage unsigned = new Damage(
                reader.segment(),
                seal.lastSequence(),
                seal.sealNumber(),
                "signature",
                "the seal is not signed with the gateway's key",
                Damage.RESTORE);
        final long position = reader.position();
        pending.add(SecondThread.begin(
                beside, () -> seal.isSignedBy(signer, signatures.get()) ? null : unsigned.at(store, position)));
        if (pending.size() > MAX_PENDING) {
            settleSignature();
        }
    }

    private void settleSignature() {
        final Damage damage = SecondThread.resultOf(pending.remove());
        if (damage != null) {
            keep(damage);
        }
    }

    /** What is reported next comes behind the signatures before it. */
    private void settleSignatures() {
        while (!pending.isEmpty()) {
            settleSignature();
        }
    }

    private void lose() {
        isLost = true;
        verifier.dropBatch();
    }

    /** Looks for a seal to go on from. */
    private void resume(final SegmentReader reader) {
        if (record.wrap(reader.record()) != null || record.kind() != RecordKind.SEAL) {
            return;
        }
        final byte[] body = record.command();
        if (Seal.faultOf(body) != null) {
            return;
        }
        final Seal seal = Seal.decode(body);
        final Seal last = verifier.chain().last();
        if (last != null && seal.sealNumber() > last.sealNumber() + 1) {
            report(new Damage(
                            reader.segment(),
                            -1,
                            last.sealNumber() + 1,
                            "sealNumber",
                            "seals up to " + (seal.sealNumber() - 1) + " are missing or cannot be read",
                            Damage.RESTORE)
                    .at(store, reader.position()));
        }
        verifier.resume(seal);
        reportContradiction(reader, seal);
        checkSignature(reader, seal);
        seals.accept(seal);
        isLost = false;
    }

    private void report(final SegmentReader reader, final long position, final String field, final String reason) {
        report(new Damage(
                        reader.segment(),
                        verifier.nextSequence(),
                        verifier.chain().nextNumber(),
                        field,
                        reason,
                        Damage.RESTORE)
                .at(store, position));
    }

    private void reportIfAny(final Damage damage) {
        if (damage != null) {
            report(damage);
        }
    }

    private void report(final Damage damage) {
        settleSignatures();
        keep(damage);
    }

    private void keep(final Damage damage) {
        if (damages.size() < MAX_DAMAGES) {
            damages.add(damage);
        }
    }
}
