package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.Arrays;

/**
 * How far a reader without the writer's lock may read: the newer of the published mark and the head note. Where neither can be
 * read, as in a journal of an earlier version, all that is sealed.
 *
 * <p>A value.
 *
 * @param sealNumber of the newest seal that may be shown.
 * @param lastSequence under it.
 * @param sealHash of it; null where there is no bound.
 */
record DurableBound(long sealNumber, long lastSequence, byte[] sealHash) {
    /** A mark is written some thousand times a second at most, and reading it takes less than a microsecond. */
    private static final int MAX_LOOKS = 1_000;

    static DurableBound of(final Store store) {
        final PublishedMark mark = markOf(store);
        final HeadNote head = HeadNote.decode(HeadNote.HEAD, store.readNote(HeadNote.HEAD));
        if (mark == null && head == null) {
            return new DurableBound(Long.MAX_VALUE, Long.MAX_VALUE, null);
        }
        return mark != null && (head == null || mark.sealNumber() >= head.sealNumber())
                ? new DurableBound(mark.sealNumber(), mark.lastSequence(), mark.sealHash())
                : new DurableBound(head.sealNumber(), head.lastSequence(), head.sealHash());
    }

    /** The mark, once it is whole; null if there is none, or never a whole one. */
    static PublishedMark markOf(final Store store) {
        for (int look = 0; look < MAX_LOOKS; look++) {
            final byte[] bytes = store.readMark();
            final PublishedMark mark = PublishedMark.decode(bytes);
            if (mark != null || bytes == null) {
                return mark;
            }
            Thread.onSpinWait();
        }
        return null;
    }

    /** True if the seal may be shown. */
    boolean covers(final Seal seal) {
        return seal.sealNumber() <= sealNumber;
    }

    /** True if the seal is the one that the mark names by number and not by hash. */
    boolean contradicts(final Seal seal) {
        return sealHash != null && seal.sealNumber() == sealNumber && !Arrays.equals(sealHash, seal.hash());
    }
}
