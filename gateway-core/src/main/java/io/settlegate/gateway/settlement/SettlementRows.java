package io.settlegate.gateway.settlement;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The rows of one day's msgids that are settlements, in the order in which they were booked. Sequences rise, so a settlement is
 * found by halving, without an index of its own: the common way only appends, four bytes for each.
 *
 * <pre>
 * block: {@value #BLOCK_ROWS} rows, an int each, off the heap
 * </pre>
 *
 * <p>Owned by the engine's thread. {@link #add} allocates a block at a time; no memory left is an Error, which stops the process.
 */
final class SettlementRows {
    private static final int BLOCK_SHIFT = 14;
    private static final int BLOCK_ROWS = 1 << BLOCK_SHIFT;
    private static final int BLOCK_MASK = BLOCK_ROWS - 1;

    private final FlatTable day;
    private ByteBuffer[] blocks = new ByteBuffer[1];
    private long[] addresses = new long[1];
    private int blockCount;
    private int count;

    SettlementRows(final FlatTable day) {
        this.day = day;
    }

    /** Takes a row whose sequence is above that of every row taken before. */
    void add(final int row) {
        if (count >>> BLOCK_SHIFT == blockCount) {
            addBlock();
        }
        UnsafeApi.putInt(address(count), row);
        count++;
    }

    /** The row of this sequence, or -1. */
    int find(final long sequence) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            final int row = UnsafeApi.getInt(address(middle));
            final long found = day.getLong(row, Rows.MSGID_SEQUENCE);
            if (found == sequence) {
                return row;
            }
            if (found < sequence) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Drops all, keeps the memory. */
    void clear() {
        count = 0;
    }

    /** Memory held, used or not. */
    long bytes() {
        return (long) blockCount * BLOCK_ROWS * Integer.BYTES;
    }

    private long address(final int place) {
        return addresses[place >>> BLOCK_SHIFT] + (long) (place & BLOCK_MASK) * Integer.BYTES;
    }

    private void addBlock() {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, blockCount * 2);
            addresses = Arrays.copyOf(addresses, blockCount * 2);
        }
        blocks[blockCount] = ByteBuffer.allocateDirect(BLOCK_ROWS * Integer.BYTES);
        addresses[blockCount] = BufferUtil.address(blocks[blockCount]);
        blockCount++;
    }
}
