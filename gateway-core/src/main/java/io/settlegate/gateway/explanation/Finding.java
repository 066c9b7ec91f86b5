package io.settlegate.gateway.explanation;

/**
 * Where the record to explain stands.
 *
 * @param sequence of the record; -1 unless it was found.
 * @param words why there is none; empty if it was found.
 */
public record Finding(What what, long sequence, String words) {
    /** What came of looking. */
    public enum What {
        FOUND,
        /** There is no such record. */
        MISSING,
        /** There is one, and nobody's share was computed by it. */
        NOTHING_TO_EXPLAIN
    }

    static Finding found(final long sequence) {
        return new Finding(What.FOUND, sequence, "");
    }

    static Finding missing(final String words) {
        return new Finding(What.MISSING, -1, words);
    }

    static Finding nothing(final String words) {
        return new Finding(What.NOTHING_TO_EXPLAIN, -1, words);
    }
}
