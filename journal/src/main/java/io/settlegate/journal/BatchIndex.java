package io.settlegate.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    private static final int FIXED_LENGTH = 8 + 8 + 4;
    private static final int ENTRY_LENGTH = 8 + 8 + 4;

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

    /**
     * All of it, for a snapshot, little-endian.
     *
     * <pre>
     *   i64 stride | i64 passed | u32 count | count times: i64 first sequence, i64 position, i32 segment
     * </pre>
     */
    synchronized byte[] encode() {
        final ByteBuffer buffer =
                ByteBuffer.allocate(FIXED_LENGTH + count * ENTRY_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(stride).putLong(passed).putInt(count);
        for (int i = 0; i < count; i++) {
            buffer.putLong(sequences[i]).putLong(positions[i]).putInt(segments[i]);
        }
        return buffer.array();
    }

    /** Reads what {@link #encode} wrote; null if the bytes are no index. */
    static BatchIndex decode(final byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < FIXED_LENGTH) {
            return null;
        }
        final BatchIndex index = new BatchIndex();
        index.stride = buffer.getLong();
        index.passed = buffer.getLong();
        final int count = buffer.getInt();
        if (Long.bitCount(index.stride) != 1
                || index.stride < 0
                || index.passed < 0
                || count < 0
                || count > CAPACITY
                || buffer.remaining() != count * ENTRY_LENGTH) {
            return null;
        }
        for (int i = 0; i < count; i++) {
            final long sequence = buffer.getLong();
            final long position = buffer.getLong();
            index.append(sequence, buffer.getInt(), position);
            if (!index.isEntryInOrder(i)) {
                return null;
            }
        }
        return index;
    }

    private boolean isEntryInOrder(final int entry) {
        return sequences[entry] >= 0
                && positions[entry] >= 0
                && segments[entry] >= 0
                && (entry == 0 || (sequences[entry] > sequences[entry - 1] && segments[entry] >= segments[entry - 1]));
    }

    /** The newest sequence at which a batch of this index starts; -1 if it has none. */
    synchronized long lastSequence() {
        return count == 0 ? -1 : sequences[count - 1];
    }

    /** Is shown the first entry of each segment; false ends it. */
    @FunctionalInterface
    interface SegmentVisitor {
        boolean onSegment(int segment, long firstSequence);
    }

    /** Shows where each segment begins; false if the visitor ended it. */
    synchronized boolean visitSegments(final SegmentVisitor visitor) {
        for (int i = 0; i < count; i++) {
            final boolean opens = i == 0 || segments[i] != segments[i - 1];
            if (opens && !visitor.onSegment(segments[i], sequences[i])) {
                return false;
            }
        }
        return true;
    }
}
