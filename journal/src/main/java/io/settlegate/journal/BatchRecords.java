package io.settlegate.journal;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The records of one batch, copied, until its seal is known to be good. Grows to the largest batch.
 *
 * <p>One thread at a time.
 */
final class BatchRecords {
    private final RecordFlyweight record = new RecordFlyweight();
    private byte[] bytes = new byte[1 << 16];
    private int[] offsets = new int[256];
    private int length;
    private int count;

    void add(final DirectBuffer source) {
        final int size = source.capacity();
        final int end = Math.addExact(length, size);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
        if (count + 1 >= offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        source.getBytes(0, bytes, length, size);
        offsets[count] = length;
        count++;
        length = end;
        offsets[count] = end;
    }

    int count() {
        return count;
    }

    /** A record, valid until the next call. */
    RecordFlyweight get(final int index) {
        record.wrap(bytes, offsets[index], offsets[index + 1] - offsets[index]);
        return record;
    }

    void clear() {
        length = 0;
        count = 0;
    }
}
