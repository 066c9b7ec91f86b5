package io.settlegate.gateway.records;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of a run: entries (hash, sequence) of all records in a range of sequences, sorted by hash, then by sequence, under a
 * tree that is written once. Everything is little-endian and stands in blocks of 4096 bytes, each with a checksum of its own.
 *
 * <pre>
 * block 0, header                                    other blocks
 *    0 u32 magic, bytes "SGIX"                          0 entries: u64 hash, i64 sequence; 255 at most, and zeros
 *    4 u16 format = 1                                4080 i32 entries in the block
 *    8 founding of the journal (32)                  4084 i32 number of the block
 *   40 hash of the seal over the last sequence (32)  4088 i32 level: 0 entries themselves, 1.. first entries of blocks below
 *   72 i64 first sequence                            4092 u32 CRC32C over bytes 0..4091
 *   80 i64 last sequence
 *   88 i64 entries
 * 4092 u32 CRC32C over bytes 0..4091
 *
 * header | level 0, all blocks full but the last | level 1 | ... | the one block of the highest level
 * </pre>
 *
 * <p>Where a level begins and which blocks stand below an entry follows from the number of entries.
 */
final class RunFormat {
    static final int BLOCK_LENGTH = 4096;
    static final int ENTRIES_PER_BLOCK = 255;
    static final int ENTRY_LENGTH = 16;
    static final int FORMAT = 1;
    /** 255 to this power are more entries than a run may have. */
    private static final int MAX_LEVELS = 8;

    static final int MAGIC = 0x58494753;

    static final int COUNT_OFFSET = 4080;
    static final int NUMBER_OFFSET = 4084;
    static final int LEVEL_OFFSET = 4088;
    static final int CRC_OFFSET = 4092;

    static final int FORMAT_OFFSET = 4;
    static final int FOUNDING_OFFSET = 8;
    static final int SEAL_OFFSET = 40;
    static final int FIRST_OFFSET = 72;
    static final int LAST_OFFSET = 80;
    static final int ENTRY_COUNT_OFFSET = 88;

    private RunFormat() {}

    static ByteBuffer newBlock() {
        return ByteBuffer.allocate(BLOCK_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int checksum(final CRC32C crc, final ByteBuffer block) {
        crc.reset();
        crc.update(block.duplicate().clear().limit(CRC_OFFSET));
        return (int) crc.getValue();
    }

    /** Blocks of each level, from the entries up; none where there is no entry. */
    static int[] levels(final long entryCount) {
        final int[] levels = new int[MAX_LEVELS];
        int depth = 0;
        for (long count = entryCount; count > 0; ) {
            count = blocks(count);
            levels[depth++] = Math.toIntExact(count);
            if (count == 1) {
                break;
            }
        }
        return Arrays.copyOf(levels, depth);
    }

    private static long blocks(final long entryCount) {
        return (entryCount + ENTRIES_PER_BLOCK - 1) / ENTRIES_PER_BLOCK;
    }

    /** The order of entries. */
    static int compare(final long hash, final long sequence, final long otherHash, final long otherSequence) {
        final int byHash = Long.compareUnsigned(hash, otherHash);
        return byHash != 0 ? byHash : Long.compare(sequence, otherSequence);
    }
}
