package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLock;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Seal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Opens a journal: plan, walk, examine the tail, force, begin a new segment. The same way after every stop, so that it is
 * always exercised.
 *
 * <p>Runs once, on the opening thread; blocks on the disk. Up to the first write nothing is changed, and every refusal comes
 * before it.
 */
final class Recovery {
    private final Store store;
    private final GatewayIdentity identity;
    private final DurabilityLevel level;
    private final ReplayListener listener;
    private final SnapshotState state;
    private HeadNote head;
    private HeadNote forceFailed;
    private SegmentPlan plan;
    private ChainWalk walk;
    private SnapshotUse use = SnapshotUse.none(List.of());

    /** Reads everything. */
    Recovery(
            final Store store,
            final GatewayIdentity identity,
            final DurabilityLevel level,
            final ReplayListener listener) {
        this(store, identity, level, listener, null);
    }

    /** @param state is the listener, if it may be begun from a snapshot; else null. */
    Recovery(
            final Store store,
            final GatewayIdentity identity,
            final DurabilityLevel level,
            final ReplayListener listener,
            final SnapshotState state) {
        this.state = state;
        this.store = store;
        this.identity = identity;
        this.level = level;
        this.listener = listener;
    }

    Journal run(final StoreLock lock) {
        head = HeadNote.decode(HeadNote.HEAD, store.readNote(HeadNote.HEAD));
        forceFailed = HeadNote.decode(HeadNote.FORCE_FAILED, store.readNote(HeadNote.FORCE_FAILED));
        final SealWitnesses witnesses = new SealWitnesses(store, head, forceFailed);
        plan = SegmentPlan.of(store, forceFailed);
        final ChainStart start = start();
        walk = new ChainWalk(store, plan, listener, head, forceFailed, witnesses, start, ScanEnd.none());
        walk.run();
        final Seal last = walk.chain().last();
        checkIdentity(last);
        final TailExamination.Tail tail = TailExamination.examine(
                store, plan.lastSegment(), last, walk.sealEnd(), walk.stop(), walk.nextSequence());
        listener.onAllRead();
        int segment = plan.lastSegment();
        try {
            forceAllRead(start.segmentIndex());
            final SegmentNotice notice = setAside(last, tail);
            segment = store.segments().get(store.segments().size() - 1) + 1;
            return begin(lock, segment, notice);
        } catch (final IOException e) {
            throw forceFailed(segment, e);
        }
    }

    private void checkIdentity(final Seal last) {
        final Genesis genesis = walk.genesis();
        if (!genesis.gatewayId().equals(identity.gatewayId())
                || !genesis.gatewayKey().equals(identity.signer().publicKey())) {
            throw new JournalException("the journal is that of gateway '" + genesis.gatewayId()
                    + "' and its key; this gateway has another id or key; check the configuration");
        }
        if (!last.isSignedBy(genesis.gatewayKey(), new BouncyCastleVerifier())) {
            throw new JournalDamagedException(new Damage(
                    plan.lastSegment(),
                    last.lastSequence(),
                    last.sealNumber(),
                    "signature",
                    "the last seal is not signed with the gateway's key",
                    Damage.RESTORE));
        }
    }

    private ChainStart start() {
        if (state == null) {
            plan.checkFromFounding();
            return ChainStart.founding();
        }
        final SnapshotSelection selection =
                new SnapshotSelection(store, plan, state, head, forceFailed, ScanEnd.none());
        final ChainStart start = selection.select();
        use = selection.use();
        return start;
    }

    /** From the segment on in which reading began: those before it were forced before it was created. */
    private void forceAllRead(final int firstIndex) throws IOException {
        for (final int segment : plan.chain().subList(firstIndex, plan.chain().size())) {
            store.forceSegment(segment);
        }
    }

    private SegmentNotice setAside(final Seal last, final TailExamination.Tail tail) throws IOException {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(tail.content());
        String reason = tail.reason();
        for (final int abandoned : plan.abandoned()) {
            try (RawScan scan = new RawScan(store, abandoned)) {
                content.write(scan.content(0));
            }
            reason = reason + (reason.isEmpty() ? "" : "; ") + "segment " + abandoned
                    + ", which was begun and not completed";
        }
        final byte[] bytes = content.toByteArray();
        String name = "";
        if (bytes.length > 0) {
            name = String.format(
                    "after-seal-%d-%s.bin",
                    last.sealNumber(), java.util.HexFormat.of().formatHex(Sm3.hash(bytes), 0, 8));
            store.setAside(name, bytes);
        }
        final boolean isClean = head != null
                && head.occasion() == HeadNote.Occasion.CLOSED
                && head.names(last)
                && bytes.length == 0
                && forceFailed == null;
        return new SegmentNotice(
                plan.lastSegment(),
                last.sealNumber(),
                last.lastSequence(),
                last.hash(),
                isClean ? SegmentNotice.Stop.CLEAN : SegmentNotice.Stop.UNCLEAN,
                bytes.length,
                name,
                reason);
    }

    /** Begins the new segment: copies of what is doubted, then its own record, sealed and forced at once. */
    private Journal begin(final StoreLock lock, final int segment, final SegmentNotice notice) throws IOException {
        final SegmentWriter writer = store.createSegment(segment);
        boolean isOpen = false;
        try {
            SegmentNotice own = notice;
            if (!walk.doubted().isEmpty()) {
                copy(writer, segment);
                own = new SegmentNotice(
                        segment,
                        notice.sealNumber(),
                        notice.lastSequence(),
                        notice.sealHash(),
                        notice.stop(),
                        notice.setAsideLength(),
                        notice.setAsideName(),
                        notice.reason());
            }
            final Journal journal = new Journal(
                    store, lock, writer, segment, identity, level, walk.genesis(), walk.chain(), walk.index());
            journal.tellBegunFrom(use);
            if (notice.setAsideLength() > 0) {
                journal.tellSetAside(new SetAside(
                        notice.setAsideName(), notice.setAsideLength(), notice.sealNumber(), notice.reason()));
            }
            openingRecord(journal, own);
            writer.force();
            store.forceSegment(segment);
            journal.writeHeadNote();
            if (forceFailed != null) {
                store.deleteNote(HeadNote.FORCE_FAILED);
            }
            isOpen = true;
            return journal;
        } finally {
            if (!isOpen) {
                writer.close();
            }
        }
    }

    private void openingRecord(final Journal journal, final SegmentNotice notice) {
        final long sequence = journal.nextSequence();
        final long timeMs = walk.chain().last().timeMs();
        final byte[] body = notice.encode();
        journal.appendOwn(RecordKind.SEGMENT, sequence, timeMs, 0, body);
        final RecordFormat format = new RecordFormat();
        final int length = format.encode(RecordKind.SEGMENT, sequence, timeMs, 0, identity.keyVersion(), body);
        final RecordFlyweight record = new RecordFlyweight();
        record.wrap(format.buffer().byteArray(), 0, length);
        listener.onRecord(record);
        listener.onSeal(journal.commit(listener.stateHashHigh(), listener.stateHashLow())
                .seal());
    }

    /** Copies the batches after the seal that the force-failed note names, byte for byte, and forces them. */
    private void copy(final SegmentWriter writer, final int segment) throws IOException {
        final List<ChainWalk.Batch> doubted = walk.doubted();
        final RecordFormat format = new RecordFormat();
        final SegmentNotice from = new SegmentNotice(
                segmentOfDurableSeal(),
                forceFailed.sealNumber(),
                forceFailed.lastSequence(),
                forceFailed.sealHash(),
                SegmentNotice.Stop.UNCLEAN,
                0,
                "",
                "a force failed after this seal; what follows here are copies");
        final int length = format.encode(RecordKind.COPY, 0, 0, 0, identity.keyVersion(), from.encode());
        writer.append(format.buffer(), 0, length);
        walk.index().truncate(forceFailed.lastSequence() + 1);
        for (final ChainWalk.Batch batch : doubted) {
            try (SegmentReader reader = new SegmentReader(store, batch.segment())) {
                copyBatch(reader, batch, writer, segment);
            }
        }
        writer.force();
    }

    private int segmentOfDurableSeal() {
        final BatchIndex.Place place = walk.index().floor(forceFailed.lastSequence());
        return place.segment();
    }

    private void copyBatch(
            final SegmentReader reader, final ChainWalk.Batch batch, final SegmentWriter writer, final int segment) {
        final RecordFlyweight record = new RecordFlyweight();
        long start = -1;
        reader.seek(batch.start());
        while (reader.next()) {
            if (record.wrap(reader.record()) != null) {
                break;
            }
            final long position =
                    writer.append(reader.record(), 0, reader.record().capacity());
            start = start < 0 ? position : start;
            if (reader.position() == batch.sealPosition()) {
                walk.index().add(batch.seal().firstSequence(), segment, start);
                return;
            }
        }
        throw new JournalDamagedException(new Damage(
                batch.segment(),
                batch.seal().firstSequence(),
                batch.seal().sealNumber(),
                "frame",
                "the batch could be read once and not a second time",
                "check the disk"));
    }

    /** What was surely durable before this start: a note's seal, or the founding. */
    private ForceFailedException forceFailed(final int segment, final IOException cause) {
        if (forceFailed == null) {
            final HeadNote durable = head != null
                    ? new HeadNote(
                            HeadNote.Occasion.FORCE_FAILED,
                            segment - 1,
                            head.sealNumber(),
                            head.lastSequence(),
                            head.sealHash())
                    : HeadNote.of(HeadNote.Occasion.FORCE_FAILED, segment - 1, walk.firstSeal());
            try {
                if (store.readNote(HeadNote.FORCE_FAILED) == null) {
                    store.writeNote(HeadNote.FORCE_FAILED, durable.encode());
                }
            } catch (final IOException | RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
        return new ForceFailedException(
                "the disk refused a force while the journal was opened: " + cause
                        + "; check the disk before the next start",
                cause);
    }
}
