package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;

/**
 * How far a scan reads: to the end of a batch, the first that reaches the end named here. A scan that may begin at a snapshot
 * takes none that lies beyond.
 *
 * <p>A value. Records behind the end may be told, because they stand in the same batch; the listener passes over them.
 *
 * @param sealNumber of the last seal.
 * @param sequence of the last record that is wanted.
 * @param timeMs of the last record that is wanted.
 */
public record ScanEnd(long sealNumber, long sequence, long timeMs) {
    private static final long ANY = Long.MAX_VALUE;

    /** All that is sealed. */
    public static ScanEnd none() {
        return new ScanEnd(ANY, ANY, ANY);
    }

    /** The batch that holds a sequence. */
    public static ScanEnd atSequence(final long sequence) {
        return new ScanEnd(ANY, sequence, ANY);
    }

    /** The batch that holds the last record of this time or before. */
    public static ScanEnd atTime(final long timeMs) {
        return new ScanEnd(ANY, ANY, timeMs);
    }

    /** The same end, and not beyond what a running writer has published as durable. */
    public ScanEnd withinDurable(final Store store) {
        final DurableBound bound = DurableBound.of(store);
        final HeadNote forceFailed = HeadNote.decode(HeadNote.FORCE_FAILED, store.readNote(HeadNote.FORCE_FAILED));
        final long failed = forceFailed == null ? ANY : forceFailed.sealNumber();
        return new ScanEnd(Math.min(sealNumber, Math.min(bound.sealNumber(), failed)), sequence, timeMs);
    }

    /** True if nothing behind this seal is wanted. */
    boolean isReachedBy(final Seal seal) {
        return seal.sealNumber() >= sealNumber || seal.lastSequence() >= sequence || seal.timeMs() > timeMs;
    }

    /** True if what stands up to this seal is wanted as a whole. */
    boolean covers(final Seal seal) {
        return seal.sealNumber() <= sealNumber && seal.lastSequence() <= sequence && seal.timeMs() <= timeMs;
    }
}
