package io.settlegate.journal;

import java.util.Arrays;

/**
 * Where batches start: first sequence to segment and position. Of at most {@link #CAPACITY} entries; when it is full every
 * other one goes, except the first of each segment, so that a search never leaves the segment it began in.
 *
 * <p>Safe for all threads: the writer adds, readers look up.
 */
final class BatchIndex {
    static final int CAPACITY = 1 << 16;

    private long[] sequences = new long[256];
    private long[] positions = new long[256];
    private int[] segments = new int[256];
    private int count;

    /** Where to start reading. */
    record Place(int segment, long position) {}

    synchronized void add(final long firstSequence, final int segment, final long position) {
        if (count == CAPACITY) {
            thin();
        }
        if (count == sequences.length) {
            sequences = Arrays.copyOf(sequences, count * 2);
            positions = Arrays.copyOf(positions, count * 2);
            segments = Arrays.copyOf(segments, count * 2);
        }
        sequences[count] = firstSequence;
        positions[count] = position;
        segments[count] = segment;
        count++;
    }

    private void thin() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            final boolean opens = i == 0 || segments[i] != segments[i - 1];
            if (opens || (i & 1) == 0) {
                sequences[kept] = sequences[i];
                positions[kept] = positions[i];
                segments[kept] = segments[i];
                kept++;
            }
        }
        if (kept == count) {
            throw new JournalException("the journal has more than " + CAPACITY + " segments; archive old ones");
        }
        count = kept;
    }

    /** Forgets batches that start at {@code firstSequence} or later. */
    synchronized void truncate(final long firstSequence) {
        while (count > 0 && sequences[count - 1] >= firstSequence) {
            count--;
        }
    }

    /** The last batch that starts at or before the sequence; null if there is none. */
    synchronized Place floor(final long sequence) {
        final int found = Arrays.binarySearch(sequences, 0, count, sequence);
        final int index = found >= 0 ? found : -found - 2;
        return index < 0 ? null : new Place(segments[index], positions[index]);
    }
}
