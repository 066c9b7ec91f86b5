package io.settlegate.journal;

/**
 * What a verification found out about a snapshot.
 *
 * @param sequence by which it is named.
 * @param place where it lies.
 * @param finding of three kinds.
 * @param reason why it is not good; empty if it is.
 */
public record SnapshotCheck(long sequence, String place, Finding finding, String reason) {
    /** What it is. */
    public enum Finding {
        /** Its bytes are whole, its seal is signed, names its peaks, and stands in the journal. */
        GOOD,
        /** The same, but for its seal, which would stand among what is archived: it cannot be used here. */
        ARCHIVED,
        /** It is damaged, foreign, or ahead of the journal. */
        BAD
    }
}
