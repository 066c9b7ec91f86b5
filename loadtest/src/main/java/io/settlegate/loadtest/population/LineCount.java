package io.settlegate.loadtest.population;

import io.settlegate.protocol.Limits;

/** How many lines a bill has: between the two, both included. */
public record LineCount(int min, int max) {
    /** One to five, as bills come. */
    public static final LineCount MIXED = new LineCount(1, 5);

    public LineCount {
        if (min < 1 || max < min || max > Limits.MAX_LINES) {
            throw new IllegalArgumentException(
                    "lines of a bill: " + min + ".." + max + " is outside 1.." + Limits.MAX_LINES);
        }
    }

    public static LineCount exactly(final int count) {
        return new LineCount(count, count);
    }
}
