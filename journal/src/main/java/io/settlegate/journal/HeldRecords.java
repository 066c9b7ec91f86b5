package io.settlegate.journal;

import io.settlegate.journal.store.SegmentWriter;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of the open batch that must not reach the store yet, because the batch before them was not forced: encoded, in order.
 *
 * <p>Holds {@link #MAX_LENGTH} bytes at most. The arrays grow to what was held at once and are kept; nothing else is allocated.
 *
 * <p>Writer's thread. Never blocks.
 */
final class HeldRecords {
    /** Enough for some thousand settlements of three lines. */
    static final int MAX_LENGTH = 4 << 20;

    private static final int INITIAL_LENGTH = 1 << 16;
    private static final int INITIAL_COUNT = 256;

    private byte[] bytes = new byte[INITIAL_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int[] ends = new int[INITIAL_COUNT];
    private int count;

    /** Copies a record, the buffer's first bytes; false if there is no room for it. */
    boolean add(final DirectBuffer record, final int length) {
        final int start = start(count);
        if (length > MAX_LENGTH - start) {
            return false;
        }
        final int end = start + length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.min(MAX_LENGTH, bytes.length * 2)));
            buffer.wrap(bytes);
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, ends.length * 2);
        }
        record.getBytes(0, bytes, start, length);
        ends[count] = end;
        count++;
        return true;
    }

    int count() {
        return count;
    }

    int length(final int index) {
        return ends[index] - start(index);
    }

    /** Appends one of the records to a segment and answers its position. */
    long appendTo(final SegmentWriter writer, final int index) {
        return writer.append(buffer, start(index), length(index));
    }

    private int start(final int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Forgets all of them. */
    void clear() {
        count = 0;
    }
}
