package io.settlegate.journal;

import io.settlegate.journal.store.SealHashFile;
import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.MountainRange;
import io.settlegate.protocol.receipt.Seal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stays of segments that are taken out of a journal: the hash of each of their seals, an anchor at the last of them, and
 * a notice for each segment. All of it is forced before anything is removed, and checked against the seals that stay.
 *
 * <p>One thread; blocks on the disk.
 */
public final class ArchivedCut {
    private final Store store;
    private final SealHashFile hashes;
    private final SegmentPlan plan;
    private final MountainRange range = new MountainRange();
    private final ByteArrayOutputStream added = new ByteArrayOutputStream();
    private final RecordFlyweight record = new RecordFlyweight();
    private Seal founding;
    private Seal last;

    private ArchivedCut(final Store store, final SealHashFile hashes) {
        this.store = store;
        this.hashes = hashes;
        this.plan =
                SegmentPlan.of(store, HeadNote.decode(HeadNote.FORCE_FAILED, store.readNote(HeadNote.FORCE_FAILED)));
    }

    /** Name of the note that says what a removed segment held: its manifest. */
    public static String noteOf(final int segment) {
        return String.format("archived-%08d", segment);
    }

    /** Names of all notes that an archived journal has: those of the segments, and last the one that lets them be missing. */
    public static List<String> noteNames(final Store store) {
        final List<String> names = new ArrayList<>();
        final ArchivedNote note = ArchivedNote.decode(store.readNote(ArchivedNote.NAME));
        if (note != null) {
            for (int segment = 0; segment < note.firstSegment(); segment++) {
                names.add(noteOf(segment));
            }
            names.add(ArchivedNote.NAME);
        }
        return names;
    }

    /** The sequence of the snapshot on which an earlier cut leans; -1 if nothing was cut. */
    public static long snapshotSequence(final Store store) {
        final ArchivedNote note = ArchivedNote.decode(store.readNote(ArchivedNote.NAME));
        return note == null ? -1 : note.snapshotSequence();
    }

    /** Seals whose hashes are kept apart; 0 if nothing was cut. */
    public static long sealCount(final Store store) {
        final ArchivedNote note = ArchivedNote.decode(store.readNote(ArchivedNote.NAME));
        return note == null ? 0 : note.anchor().seal().sealNumber() + 1;
    }

    /**
     * Writes down what stays of everything before a segment. Where that was done before, nothing changes.
     *
     * @param firstKept the first segment that stays.
     * @param snapshotSequence of a good snapshot that holds all records before it.
     * @throws JournalDamagedException if the seals do not prove each other; nothing was changed then.
     */
    public static void write(
            final Store store, final SealHashFile hashes, final int firstKept, final long snapshotSequence)
            throws IOException {
        new ArchivedCut(store, hashes).write(firstKept, snapshotSequence);
    }

    private void write(final int firstKept, final long snapshotSequence) throws IOException {
        final ArchivedNote before = plan.archived();
        final int from = before == null ? 0 : plan.chain().indexOf(before.firstSegment());
        final int to = plan.chain().indexOf(firstKept);
        if (to <= from) {
            return;
        }
        final long knownCount = before == null ? 0 : before.anchor().seal().sealNumber() + 1;
        if (before != null) {
            hashes.read(knownCount - 1, range::append);
            founding = before.anchor().foundingSeal();
            last = before.anchor().seal();
            if (!Arrays.equals(range.root(), last.mountainRangeRoot())) {
                throw damaged(
                        before.firstSegment(), hashes.path() + " does not give the root that " + last + " states");
            }
        }
        for (int i = from; i < to; i++) {
            read(plan.chain().get(i), plan.notices().get(i + 1));
        }
        final ChainAnchor anchor = new ChainAnchor(Journal.genesisOf(store), founding, last, range);
        final String fault = anchor.fault(new BouncyCastleVerifier());
        if (fault != null) {
            throw damaged(firstKept, fault);
        }
        hashes.append(knownCount, added.toByteArray());
        store.writeNote(ArchivedNote.NAME, new ArchivedNote(firstKept, snapshotSequence, anchor).encode());
    }

    /** Takes the seals of a segment, up to the one that the next names. */
    private void read(final int segment, final SegmentNotice until) {
        try (SegmentReader reader = new SegmentReader(store, segment)) {
            while (reader.next()) {
                if (record.wrap(reader.record()) != null) {
                    break;
                }
                if (record.kind() == RecordKind.SEAL) {
                    take(segment, Seal.decode(record.command()));
                    if (last.sealNumber() == until.sealNumber()) {
                        if (!Arrays.equals(last.hash(), until.sealHash())) {
                            throw damaged(segment, "the next segment names another seal than " + last);
                        }
                        return;
                    }
                }
            }
        }
        throw damaged(segment, "reading stops before seal " + until.sealNumber());
    }

    private void take(final int segment, final Seal seal) {
        final long expected = last == null ? 0 : last.sealNumber() + 1;
        final byte[] previous = last == null ? new byte[Sm3.LENGTH] : last.hash();
        if (seal.sealNumber() != expected || !Arrays.equals(seal.previousSealHash(), previous)) {
            throw damaged(segment, seal + " does not follow seal " + (expected - 1));
        }
        if (last == null) {
            founding = seal;
        } else {
            range.append(last.hash(), 0);
        }
        last = seal;
        added.writeBytes(seal.hash());
    }

    private JournalDamagedException damaged(final int segment, final String reason) {
        return new JournalDamagedException(new Damage(
                segment,
                -1,
                last == null ? 0 : last.sealNumber(),
                "seal",
                reason,
                "nothing was removed; run journal verify"));
    }
}
