package io.settlegate.journal;

/**
 * The part of a journal that was archived and is not at hand.
 *
 * @param lastSequence the last archived record; the first is record 0.
 * @param sealNumber of the last archived seal.
 * @param firstSegment that was kept.
 */
public record ArchivedRange(long lastSequence, long sealNumber, int firstSegment) {
    /** One sentence for a report. */
    public String describe() {
        return String.format(
                "records 0 to %,d are archived; the chain begins behind seal %,d, which is proven by its signature and by the"
                        + " peaks over all seals before it",
                lastSequence, sealNumber);
    }
}
