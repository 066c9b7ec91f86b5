package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How far a copy of a journal goes: a copy has no writer and no mark, and its head note names the last seal that was copied and
 * checked. What stands behind that seal is of a copy that was not completed.
 *
 * <p>A value.
 *
 * @param seal the last one.
 * @param segment in which it stands.
 * @param position where it ends there.
 */
public record CopiedHead(Seal seal, int segment, long position) {
    /**
     * Reads it; null if no copy was ever completed there.
     *
     * @throws JournalDamagedException if the note names a seal that is not there.
     */
    public static CopiedHead of(final Store copy) {
        final HeadNote note = HeadNote.decode(HeadNote.HEAD, copy.readNote(HeadNote.HEAD));
        if (note == null) {
            return null;
        }
        try (JournalFollower follower = JournalFollower.open(copy)) {
            follower.seek(note.lastSequence());
            if (!follower.nextBatch() || !note.names(follower.seal())) {
                throw new JournalDamagedException(new Damage(
                        note.segment(),
                        note.lastSequence(),
                        note.sealNumber(),
                        "head note",
                        "the seal that it names cannot be read in this copy",
                        "make a new copy in an empty directory"));
            }
            return new CopiedHead(follower.seal(), follower.segment(), follower.position());
        }
    }

    /** Those of a copy's snapshots that are bad, of the ones named. The segments must be copied before. */
    public static List<SnapshotCheck> badSnapshots(final Store copy, final List<Long> sequences) {
        final HeadNote forceFailed = HeadNote.decode(HeadNote.FORCE_FAILED, copy.readNote(HeadNote.FORCE_FAILED));
        return SnapshotVerification.check(copy, SegmentPlan.of(copy, forceFailed), sequences).stream()
                .filter(check -> check.finding() == SnapshotCheck.Finding.BAD)
                .toList();
    }

    /**
     * Checks what was copied since {@code from}, and makes {@code to} the head. Where {@code from} is null everything is checked.
     *
     * @throws JournalDamagedException if what was copied is not what it must be; the head stays where it was.
     * @throws IOException if the disk refuses.
     */
    public static void advance(final Store copy, final CopiedHead from, final Seal to, final int segment)
            throws IOException {
        if (from == null) {
            final JournalVerification.Report report = JournalVerification.verify(copy);
            // No record is in a snapshot, and a copy without one is a copy: bad ones are told of elsewhere.
            final Optional<Damage> first = report.damages().stream()
                    .filter(damage -> !damage.field().equals("snapshot"))
                    .findFirst();
            if (first.isPresent()) {
                throw new JournalDamagedException(first.get());
            }
        } else if (to.sealNumber() > from.seal().sealNumber()) {
            SealedRange.check(copy, from.seal(), to);
        }
        copy.writeNote(
                HeadNote.HEAD, HeadNote.of(HeadNote.Occasion.OPEN, segment, to).encode());
    }
}
