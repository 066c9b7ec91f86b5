package io.settlegate.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A note that says which segments were archived and may be missing. Without it a missing segment is damage. It is written,
 * durably, before the first of them is removed.
 *
 * <pre>
 *   u32 magic, bytes "SGA1" | i32 first segment that was kept | i64 last sequence of the snapshot that the archiving leans on
 *   u32 length, anchor at the last archived seal | u32 CRC32C of what stands before      (little-endian)
 * </pre>
 *
 * <p>The anchor lets the rest of the chain be checked as if the archived part were there.
 *
 * @param firstSegment that was kept; its first record names the anchor's seal.
 * @param snapshotSequence of a snapshot that covers what was archived and may therefore not be deleted.
 * @param anchor the last archived seal.
 */
record ArchivedNote(int firstSegment, long snapshotSequence, ChainAnchor anchor) {
    static final String NAME = "archived";

    private static final int MAGIC = 0x31414753;
    private static final int FIXED_LENGTH = 4 + 4 + 8 + 4 + 4;

    byte[] encode() {
        final byte[] place = anchor.encode();
        final ByteBuffer buffer =
                ByteBuffer.allocate(FIXED_LENGTH + place.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC).putInt(firstSegment).putLong(snapshotSequence);
        buffer.putInt(place.length).put(place);
        buffer.putInt(checksum(buffer.array()));
        return buffer.array();
    }

    /** Reads a note; null if there is none. Damage throws, because missing segments are believed to be archived by it. */
    static ArchivedNote decode(final byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < FIXED_LENGTH
                || buffer.getInt() != MAGIC
                || buffer.getInt(bytes.length - Integer.BYTES) != checksum(bytes)) {
            throw damaged();
        }
        final int segment = buffer.getInt();
        final long sequence = buffer.getLong();
        final int length = buffer.getInt();
        if (length != bytes.length - FIXED_LENGTH) {
            throw damaged();
        }
        final byte[] place = new byte[length];
        buffer.get(place);
        final ChainAnchor anchor = ChainAnchor.decode(place);
        if (anchor == null || segment < 1) {
            throw damaged();
        }
        return new ArchivedNote(segment, sequence, anchor);
    }

    private static int checksum(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static JournalDamagedException damaged() {
        return new JournalDamagedException(new Damage(
                -1,
                -1,
                -1,
                NAME + " note",
                "the note is no note or its checksum is wrong",
                "restore the note, or the archived segments, from a copy"));
    }
}
