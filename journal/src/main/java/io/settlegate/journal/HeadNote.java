package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.Seal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A note that names a durable seal: where the journal stood when it was idle or closed, or before a force failed.
 *
 * <pre>
 *   u32 magic 53474831 | u8 occasion | i32 segment | i64 seal number | i64 last sequence | seal hash (32) | u32 CRC32C
 * </pre>
 *
 * @param occasion on which it was written.
 * @param segment that was being written.
 * @param sealNumber of the newest durable seal.
 * @param lastSequence under it.
 * @param sealHash of it.
 */
record HeadNote(Occasion occasion, int segment, long sealNumber, long lastSequence, byte[] sealHash) {
    /** Name of the note that is written when the journal opens, idles, and closes. */
    static final String HEAD = "head";

    /** Name of the note that a failed force leaves. */
    static final String FORCE_FAILED = "force-failed";

    /** Why a note was written. */
    enum Occasion {
        OPEN,
        CLOSED,
        FORCE_FAILED
    }

    private static final int MAGIC = 0x31484753;
    private static final int LENGTH = 4 + 1 + 4 + 8 + 8 + Sm3.LENGTH + 4;

    static HeadNote of(final Occasion occasion, final int segment, final Seal seal) {
        return new HeadNote(occasion, segment, seal.sealNumber(), seal.lastSequence(), seal.hash());
    }

    byte[] encode() {
        final ByteBuffer buffer = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC).put((byte) occasion.ordinal()).putInt(segment);
        buffer.putLong(sealNumber).putLong(lastSequence).put(sealHash);
        buffer.putInt(checksum(buffer.array()));
        return buffer.array();
    }

    /** Reads a note; null if there is none. Damage throws, because the note guards the newest records. */
    static HeadNote decode(final String name, final byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length != LENGTH
                || buffer.getInt() != MAGIC
                || buffer.getInt(LENGTH - Integer.BYTES) != checksum(bytes)) {
            throw new JournalDamagedException(new Damage(
                    -1,
                    -1,
                    -1,
                    name + " note",
                    "the note is no note or its checksum is wrong",
                    "run journal verify; if it finds nothing, move the note away and start again"));
        }
        final Occasion occasion = Occasion.values()[buffer.get()];
        final int segment = buffer.getInt();
        final long number = buffer.getLong();
        final long sequence = buffer.getLong();
        final byte[] hash = new byte[Sm3.LENGTH];
        buffer.get(hash);
        return new HeadNote(occasion, segment, number, sequence, hash);
    }

    private static int checksum(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, LENGTH - Integer.BYTES);
        return (int) crc.getValue();
    }

    boolean names(final Seal seal) {
        return seal.sealNumber() == sealNumber && Arrays.equals(seal.hash(), sealHash);
    }
}
