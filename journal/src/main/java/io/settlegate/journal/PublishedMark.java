package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Seal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The durable mark as other processes see it: 64 bytes that the writer puts into shared memory after each commit, and never
 * forces. What a power cut leaves of it may be old; it is written anew by the next start.
 *
 * <pre>
 *    0 u32 magic, bytes "SGM1"     12 i64 seal number       60 u32 CRC32C over bytes 0..59
 *    4 u16 version = 1             20 i64 last sequence
 *    6 u16 durability level        28 seal hash (32)
 *    8 i32 segment
 * </pre>
 *
 * <p>A value. A reader may meet it half written: the checksum tells, and it looks again.
 *
 * @param level what "durable" means: the level of the writer.
 * @param segment that is being written.
 * @param sealNumber of the newest durable seal.
 * @param lastSequence under it.
 * @param sealHash of it.
 */
record PublishedMark(DurabilityLevel level, int segment, long sealNumber, long lastSequence, byte[] sealHash) {
    static final int LENGTH = 64;

    private static final int MAGIC = 0x314d4753;
    private static final int VERSION = 1;
    private static final int SEGMENT_OFFSET = 8;
    private static final int SEAL_NUMBER_OFFSET = 12;
    private static final int LAST_SEQUENCE_OFFSET = 20;
    private static final int HASH_OFFSET = 28;
    private static final int CRC_OFFSET = 60;

    /** Writes marks into one array, without allocating. Writer's thread. */
    static final class Encoder {
        private final ByteBuffer buffer = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        private final CRC32C crc = new CRC32C();

        byte[] encode(final DurabilityLevel level, final int segment, final Seal seal) {
            buffer.putInt(0, MAGIC).putShort(4, (short) VERSION).putShort(6, (short) level.ordinal());
            buffer.putInt(SEGMENT_OFFSET, segment).putLong(SEAL_NUMBER_OFFSET, seal.sealNumber());
            buffer.putLong(LAST_SEQUENCE_OFFSET, seal.lastSequence());
            buffer.put(HASH_OFFSET, seal.hash());
            buffer.putInt(CRC_OFFSET, checksum(crc, buffer.array()));
            return buffer.array();
        }
    }

    /** Reads a mark; null if the bytes are none, or none of this version. */
    static PublishedMark decode(final byte[] bytes) {
        if (bytes == null || bytes.length < LENGTH) {
            return null;
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int level = buffer.getShort(6);
        if (buffer.getInt(0) != MAGIC
                || buffer.getShort(4) != VERSION
                || buffer.getInt(CRC_OFFSET) != checksum(new CRC32C(), bytes)
                || level < 0
                || level >= DurabilityLevel.values().length) {
            return null;
        }
        final byte[] hash = new byte[Sm3.LENGTH];
        buffer.get(HASH_OFFSET, hash);
        return new PublishedMark(
                DurabilityLevel.values()[level],
                buffer.getInt(SEGMENT_OFFSET),
                buffer.getLong(SEAL_NUMBER_OFFSET),
                buffer.getLong(LAST_SEQUENCE_OFFSET),
                hash);
    }

    private static int checksum(final CRC32C crc, final byte[] bytes) {
        crc.reset();
        crc.update(bytes, 0, CRC_OFFSET);
        return (int) crc.getValue();
    }
}
