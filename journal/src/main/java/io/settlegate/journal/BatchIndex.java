package io.settlegate.journal;

import java.util.Arrays;

/**
 * Where batches start: first sequence to segment and position. Of at most {@link #CAPACITY} entries, at even distances: it
 * holds every stride-th batch of a segment, and when it is full every other entry goes and the stride doubles. The first batch
 * of a segment always stays, so that a search never leaves the segment it began in.
 *
 * <p>Safe for all threads: the writer adds, readers look up.
 */
final class BatchIndex {
    static final int CAPACITY = 1 << 16;

    private long[] sequences = new long[256];
    private long[] positions = new long[256];
    private int[] segments = new int[256];
    private int count;
    /** Batches from one entry to the next within a segment, at most. */
    private long stride = 1;
    /** Batches since the last entry, at least as many as there are. */
    private long passed;

    /** Where to start reading. */
    record Place(int segment, long position) {}

    synchronized void add(final long firstSequence, final int segment, final long position) {
        final boolean opens = count == 0 || segments[count - 1] != segment;
        passed++;
        if (!opens && passed < stride) {
            return;
        }
        if (count == CAPACITY) {
            thin();
            if (!opens && passed < stride) {
                return;
            }
        }
        append(firstSequence, segment, position);
        passed = 0;
    }

    private void append(final long firstSequence, final int segment, final long position) {
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

    /** Counts from the first of each segment, so that what stays of it is evenly apart. */
    private void thin() {
        int kept = 0;
        int opening = 0;
        int segment = segments[0];
        boolean keeps = true;
        for (int i = 0; i < count; i++) {
            if (segments[i] != segment) {
                segment = segments[i];
                opening = i;
            }
            keeps = ((i - opening) & 1) == 0;
            if (keeps) {
                sequences[kept] = sequences[i];
                positions[kept] = positions[i];
                segments[kept] = segments[i];
                kept++;
            }
        }
        if (kept == count) {
            throw new JournalException("the journal has more than " + CAPACITY + " segments; archive old ones");
        }
        if (!keeps) {
            passed += stride;
        }
        stride *= 2;
        count = kept;
    }

    /** Forgets batches that start at {@code firstSequence} or later. */
    synchronized void truncate(final long firstSequence) {
        while (count > 0 && sequences[count - 1] >= firstSequence) {
            count--;
        }
        // How many batches are left behind the last entry is not known; the next one becomes an entry, which is never
        // too late.
        passed = stride;
    }

    /** The last batch that starts at or before the sequence; null if there is none. */
    synchronized Place floor(final long sequence) {
        final int found = Arrays.binarySearch(sequences, 0, count, sequence);
        final int index = found >= 0 ? found : -found - 2;
        return index < 0 ? null : new Place(segments[index], positions[index]);
    }
}
