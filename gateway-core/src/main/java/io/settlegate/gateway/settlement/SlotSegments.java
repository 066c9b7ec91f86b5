package io.settlegate.gateway.settlement;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Memory for the segments of a {@link KeyIndex}: {@value #SLOTS} slots of an int each, off the heap, in blocks of
 * {@value #SEGMENTS_PER_BLOCK} segments. Also keeps how many slots of a segment are used, and its depth.
 *
 * <p>Owned by the engine's thread. {@link #add} allocates at each {@value #SEGMENTS_PER_BLOCK}th call, later more rarely, until
 * {@link #clear} gives all segments back to it; no memory left is an Error, which stops the process.
 */
final class SlotSegments {
    static final int SLOTS = 1024;
    private static final int SEGMENTS_PER_BLOCK = 16;
    private static final int BLOCK_SHIFT = 4;
    private static final int SEGMENT_LENGTH = SLOTS * Integer.BYTES;
    private static final int BLOCK_LENGTH = SEGMENTS_PER_BLOCK * SEGMENT_LENGTH;
    /** From 8 MB on, blocks come by the slab of 4 MB, which the operating system may hold in huge pages. */
    private static final int LARGE_INDEX_BLOCKS = 128;

    private static final int SLAB_BLOCKS = 64;

    /** Keeps each block's memory from being freed. */
    private ByteBuffer[] blocks = new ByteBuffer[1];
    /** Where each block begins. */
    private long[] addresses = new long[1];

    private short[] used = new short[SEGMENTS_PER_BLOCK];
    private byte[] depths = new byte[SEGMENTS_PER_BLOCK];
    private int blockCount;
    private int count;

    /** An empty segment of this depth. */
    int add(final int depth) {
        if (count >>> BLOCK_SHIFT == blockCount) {
            addBlock();
        }
        final int segment = count;
        count++;
        clear(segment);
        depths[segment] = (byte) depth;
        return segment;
    }

    /** Of a segment that was added, a slot below {@value #SLOTS}: neither is checked. */
    int get(final int segment, final int slot) {
        return UnsafeApi.getInt(address(segment) + (long) slot * Integer.BYTES);
    }

    void put(final int segment, final int slot, final int entry) {
        UnsafeApi.putInt(address(segment) + (long) slot * Integer.BYTES, entry);
    }

    int used(final int segment) {
        return used[segment];
    }

    void addUsed(final int segment, final int difference) {
        used[segment] += (short) difference;
    }

    int depth(final int segment) {
        return depths[segment];
    }

    void deepen(final int segment) {
        depths[segment]++;
    }

    /** Empties one segment. */
    void clear(final int segment) {
        Words.clear(null, address(segment), SEGMENT_LENGTH);
        used[segment] = 0;
    }

    /** Drops all segments, keeps the memory. */
    void clear() {
        count = 0;
    }

    /** Memory held, used or not. */
    long bytes() {
        return (long) blockCount * SEGMENTS_PER_BLOCK * SEGMENT_LENGTH;
    }

    private void addBlock() {
        final int more = blockCount < LARGE_INDEX_BLOCKS ? 1 : SLAB_BLOCKS;
        if (blockCount + more > blocks.length) {
            blocks = Arrays.copyOf(blocks, blocks.length * 2);
            addresses = Arrays.copyOf(addresses, blocks.length);
            used = Arrays.copyOf(used, used.length * 2);
            depths = Arrays.copyOf(depths, depths.length * 2);
        }
        final ByteBuffer memory = ByteBuffer.allocateDirect(BLOCK_LENGTH * more);
        for (int i = 0; i < more; i++) {
            blocks[blockCount] = memory;
            addresses[blockCount] = BufferUtil.address(memory) + (long) i * BLOCK_LENGTH;
            blockCount++;
        }
    }

    private long address(final int segment) {
        return addresses[segment >>> BLOCK_SHIFT] + (long) (segment & (SEGMENTS_PER_BLOCK - 1)) * SEGMENT_LENGTH;
    }
}
