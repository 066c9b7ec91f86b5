package io.settlegate.journal;

import io.settlegate.journal.store.SealHashFile;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.MountainRange;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks what a journal keeps of its archived part: the anchor at the last archived seal, the hashes of the seals up to it, and a
 * snapshot of what their records made. Heads that were kept elsewhere are compared with the hashes, so that an old head says
 * something of a journal whose segments are gone.
 *
 * <p>The anchor's seal is signed and names the root over all seals before it, the peaks give that root, and the hashes have to
 * give the peaks. So each peak proves the hashes under it, and only of proven ones a head is told.
 *
 * <p>One thread; blocks on the disk. Damage is reported, never thrown.
 */
final class ArchivedPartCheck {
    private static final String ADVICE =
            "no record is in that file, and the gateway works without it; old heads and proofs across the cut need it: restore"
                    + " it from a backup that was made after the segments were removed";

    private static final int BLOCK_COUNT = 4096;

    private final ArchivedNote note;
    private final Consumer<Damage> damages;

    /** @param note of what is archived; null if nothing ever was. */
    ArchivedPartCheck(final ArchivedNote note, final Consumer<Damage> damages) {
        this.note = note;
        this.damages = damages;
    }

    /** What is archived and not at hand; null if nothing is. */
    static ArchivedRange rangeOf(final SegmentPlan plan) {
        if (plan.isFromFounding()) {
            return null;
        }
        final Seal last = plan.archived().anchor().seal();
        return new ArchivedRange(
                last.lastSequence(), last.sealNumber(), plan.archived().firstSegment());
    }

    /**
     * Checks anchor and hashes.
     *
     * @param hashes null where a store has no such file.
     * @param heads are told of the hashes that are proven.
     */
    void checkSeals(final SealHashFile hashes, final List<HeadComparison> heads, final SignatureVerifier signatures) {
        if (note == null) {
            return;
        }
        final Seal last = note.anchor().seal();
        final String fault = note.anchor().fault(signatures);
        if (fault != null) {
            damages.accept(new Damage(
                    -1, last.lastSequence(), last.sealNumber(), ArchivedNote.NAME + " note", fault, Damage.RESTORE));
            return;
        }
        tell(heads, 0, note.anchor().foundingSeal().hash());
        if (hashes != null) {
            checkHashes(hashes, heads);
        }
        if (last.sealNumber() > 0) {
            tell(heads, last.sealNumber() - 1, last.previousSealHash());
        }
        tell(heads, last.sealNumber(), last.hash());
    }

    private void checkHashes(final SealHashFile hashes, final List<HeadComparison> heads) {
        final byte[] peaks = note.anchor().rangeBefore().peaks();
        final Seal last = note.anchor().seal();
        long first = 0;
        try {
            for (int peak = 0; peak < peaks.length / Sm3.LENGTH; peak++) {
                // A peak for each bit of the count, the highest first.
                final long count = Long.highestOneBit(last.sealNumber() - first);
                final byte[] wanted = Arrays.copyOfRange(peaks, peak * Sm3.LENGTH, (peak + 1) * Sm3.LENGTH);
                if (Arrays.equals(wanted, rootOf(hashes, first, count))) {
                    tell(hashes, first, count, heads);
                } else {
                    report(hashes, first, first + count - 1);
                }
                first += count;
            }
            if (!Arrays.equals(hashes.read(first, 1), last.hash())) {
                report(hashes, first, first);
            }
        } catch (final IOException e) {
            damages.accept(damage(hashes, first, String.valueOf(e.getMessage())));
        }
    }

    private static byte[] rootOf(final SealHashFile hashes, final long first, final long count) throws IOException {
        final MountainRange range = new MountainRange();
        for (long at = 0; at < count; at += BLOCK_COUNT) {
            final byte[] block = hashes.read(first + at, (int) Math.min(BLOCK_COUNT, count - at));
            for (int offset = 0; offset < block.length; offset += Sm3.LENGTH) {
                range.append(block, offset);
            }
        }
        return range.root();
    }

    /** A head asks for two hashes, so they are looked up. */
    private static void tell(
            final SealHashFile hashes, final long first, final long count, final List<HeadComparison> heads)
            throws IOException {
        for (final HeadComparison head : heads) {
            for (long number = head.head().number() - 1; number <= head.head().number(); number++) {
                if (number >= first && number < first + count) {
                    head.accept(number, hashes.read(number, 1));
                }
            }
        }
    }

    private static void tell(final List<HeadComparison> heads, final long number, final byte[] hash) {
        for (final HeadComparison head : heads) {
            head.accept(number, hash);
        }
    }

    private void report(final SealHashFile hashes, final long first, final long last) {
        damages.accept(damage(
                hashes,
                first,
                first == last
                        ? "the hash kept of seal " + first + " is not that of the signed chain"
                        : "of the hashes kept of seals " + first + " to " + last
                                + " at least one is not that of the signed chain"));
    }

    private static Damage damage(final SealHashFile hashes, final long sealNumber, final String reason) {
        return new Damage(
                -1,
                -1,
                sealNumber,
                SealHashFile.NAME,
                reason,
                ADVICE,
                hashes.path().toString(),
                SealHashFile.offsetOf(sealNumber));
    }

    /** The state of what is archived stands in snapshots only. */
    void requireSnapshot(final ArchivedRange archived, final List<SnapshotCheck> snapshots) {
        final boolean isHeld = archived == null
                || snapshots.stream()
                        .anyMatch(check -> check.finding() == SnapshotCheck.Finding.GOOD
                                && check.sequence() >= archived.lastSequence());
        if (!isHeld) {
            damages.accept(new Damage(
                    -1,
                    archived.lastSequence(),
                    archived.sealNumber(),
                    "snapshot",
                    "the records up to this one are archived, and no good snapshot holds what they made: no gateway can start on"
                            + " this",
                    "restore the archived segments, or a good snapshot"));
        }
    }
}
