package io.settlegate.journal;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The records of one batch, copied, until its seal is known to be good. Batches before it may be kept in front of it. Grows to the
 * largest and stays so.
 *
 * <p>One thread at a time.
 */
final class BatchRecords {
    private final RecordFlyweight record = new RecordFlyweight();
    private byte[] bytes = new byte[1 << 16];
    private int[] offsets = new int[256];
    private int length;
    private int count;
    private int keptCount;

    /** The bytes are those of a record that was checked. */
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

    /** Records of the batch. */
    int count() {
        return count - keptCount;
    }

    /** A record of the batch, valid until the next call. */
    RecordFlyweight get(final int index) {
        return kept(keptCount + index);
    }

    /** A record by its place behind all that are kept, valid until the next call. */
    RecordFlyweight kept(final int index) {
        record.wrapChecked(bytes, offsets[index], offsets[index + 1] - offsets[index]);
        return record;
    }

    /** Bytes of all records, kept ones included. */
    int length() {
        return length;
    }

    /** Keeps the batch; the next one begins behind it. */
    void keep() {
        keptCount = count;
    }

    /** Forgets the batch, and no batch that is kept. */
    void drop() {
        count = keptCount;
        length = offsets[count];
    }

    /** Forgets everything. */
    void clear() {
        length = 0;
        count = 0;
        keptCount = 0;
    }
}
