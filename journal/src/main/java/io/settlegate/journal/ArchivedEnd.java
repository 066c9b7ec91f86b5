package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.Arrays;

/**
 * The end of what was archived and is not there: the seal that the first segment at hand goes on after.
 *
 * <p>A value.
 *
 * @param lastSequence under the seal: the last record that is not there.
 * @param sealNumber of it.
 * @param sealHash of it.
 * @param timeMs not before the time of that record: of the seal, or, where that is not known, of the first record at hand.
 */
public record ArchivedEnd(long lastSequence, long sealNumber, byte[] sealHash, long timeMs) {
    /** Null if the journal begins with its founding. */
    static ArchivedEnd of(final Store store, final SegmentPlan plan, final long firstTimeMs) {
        final SegmentNotice notice = plan.notices().get(0);
        return notice == null
                ? null
                : new ArchivedEnd(
                        notice.lastSequence(),
                        notice.sealNumber(),
                        notice.sealHash(),
                        timeMs(store, plan, notice, firstTimeMs));
    }

    private static long timeMs(
            final Store store, final SegmentPlan plan, final SegmentNotice notice, final long firstTimeMs) {
        final Seal last =
                plan.archived() == null ? null : plan.archived().anchor().seal();
        if (last != null && Arrays.equals(last.hash(), notice.sealHash())) {
            return last.timeMs();
        }
        // Some of what was archived is back.
        final byte[] note = store.readNote(ArchivedCut.noteOf(notice.previousSegment()));
        final SegmentManifest manifest = note == null ? null : SegmentManifest.decode(note);
        return manifest != null && Arrays.equals(manifest.lastSealHash(), notice.sealHash())
                ? manifest.lastSealTimeMs()
                : firstTimeMs;
    }
}
