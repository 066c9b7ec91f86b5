package io.settlegate.journal;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;

/**
 * Decides about what stands after the last good seal: a tail that a power cut or a killed process can have left, or damage.
 *
 * <p>A tail may be set aside if no later seal can be proved to have been forced, and if the place where reading stopped looks
 * like a write that never reached the disk: nothing there, a frame still in flight, sectors of zeros, a record that ends early.
 * Bytes that are merely wrong are damage.
 *
 * <p>Where the last good seal says PROCESS or NONE, its successors may never have been forced, and the disk may have kept any
 * of their pages: whole records behind the lost place prove nothing then. The lost place must still look like one.
 *
 * <p>One thread; blocks on the disk; changes nothing.
 */
final class TailExamination {
    private final Store store;
    private final RawScan scan;
    private final int segment;
    private final Seal lastSeal;
    private final long stop;
    private long nextSealEnd = -1;
    private long highestSequence = -1;
    private long highestSeal = -1;
    private int recordCount;
    private int sealCount;
    private boolean isWholeAtStop;
    private boolean isWholeBeyondStop;

    /** What may be set aside: raw bytes, none if the segment ends at the seal, and why. */
    record Tail(byte[] content, String reason) {}

    private TailExamination(
            final Store store, final RawScan scan, final int segment, final Seal lastSeal, final long stop) {
        this.store = store;
        this.scan = scan;
        this.segment = segment;
        this.lastSeal = lastSeal;
        this.stop = stop;
    }

    /** Examines what stands from {@code sealEnd} on; reading in order stopped at {@code stop}. */
    static Tail examine(
            final Store store,
            final int segment,
            final Seal lastSeal,
            final long sealEnd,
            final long stop,
            final long nextSequence) {
        try (RawScan scan = new RawScan(store, segment)) {
            return new TailExamination(store, scan, segment, lastSeal, stop).examine(sealEnd, nextSequence);
        }
    }

    private Tail examine(final long sealEnd, final long nextSequence) {
        scan.scan(sealEnd, this::note);
        final boolean isForced = lastSeal.durability().isForced();
        final boolean isLaterBatch =
                highestSeal > lastSeal.sealNumber() + 1 || (nextSealEnd >= 0 && highestSequence > nextSealEnd);
        if (isForced && isLaterBatch) {
            throw damaged(
                    nextSequence,
                    "valid records of a later batch stand after it (up to record " + highestSequence + ", seal "
                            + highestSeal + "), so a batch that was committed cannot be read");
        }
        final boolean unsealedOnly = scan.isNothingFrom(stop)
                || (scan.word(stop) == Frames.END_OF_FILE && scan.isNothingFrom(stop + Frames.WORD_LENGTH));
        if (unsealedOnly && nextSealEnd >= 0) {
            // Whole, and reading in order passed it over: no write leaves that.
            throw damaged(nextSequence, "a whole seal stands there, and the word of its frame is not that of a record");
        }
        if (!unsealedOnly && !isTorn()) {
            throw damaged(nextSequence, "the bytes there are wrong and no power cut explains them");
        }
        final byte[] content = scan.content(sealEnd);
        final String reason;
        if (content.length == 0) {
            reason = "";
        } else if (unsealedOnly) {
            reason = "records without a seal";
        } else if (!isForced) {
            reason = "pages that were never forced are lost at level " + lastSeal.durability() + ": " + recordCount
                    + " whole records and " + sealCount + " seals behind seal " + lastSeal.sealNumber()
                    + ", up to record " + highestSequence + " and seal " + highestSeal;
        } else {
            reason = "a torn batch";
        }
        return new Tail(content, reason);
    }

    private boolean note(final RecordFlyweight found, final long position) {
        if (found.kind().isSequenced()) {
            recordCount++;
            highestSequence = Math.max(highestSequence, found.sequence());
        } else if (found.kind() == RecordKind.SEAL && found.sequence() > lastSeal.sealNumber()) {
            sealCount++;
            highestSeal = Math.max(highestSeal, found.sequence());
            final byte[] body = found.command();
            if (found.sequence() == lastSeal.sealNumber() + 1 && Seal.faultOf(body) == null) {
                nextSealEnd = Seal.decode(body).lastSequence();
            }
        }
        isWholeAtStop |= position == stop;
        isWholeBeyondStop |= position > stop;
        return true;
    }

    private boolean isTorn() {
        final int word = scan.word(stop);
        if (isWholeAtStop && Frames.isRecord(word)) {
            // The record is whole and its frame states another length: the frame's word was altered.
            return false;
        }
        if (scan.isHole(stop)) {
            return true;
        }
        final boolean mayStandBehind = !lastSeal.durability().isForced();
        return (mayStandBehind || !isWholeBeyondStop) && (word == Frames.IN_FLIGHT || scan.isCutShort(stop));
    }

    private JournalDamagedException damaged(final long sequence, final String reason) {
        return new JournalDamagedException(
                new Damage(segment, sequence, lastSeal.sealNumber() + 1, "frame", reason, Damage.RESTORE)
                        .at(store, stop));
    }
}
