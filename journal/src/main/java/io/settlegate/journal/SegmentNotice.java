package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.Seal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What the first record of a segment says about the journal before it: the command part of SEGMENT and COPY records.
 *
 * <pre>
 *   i32 previous segment | i64 seal number | i64 last sequence | seal hash (32) | u8 stop (0 unclean, 1 clean, 2 rolled)
 *   i64 bytes set aside | u16 length, file name | u16 length, reason      (little-endian, UTF-8)
 * </pre>
 *
 * @param previousSegment in which the seal stands; reading it stops there.
 * @param sealNumber of the last good seal.
 * @param lastSequence under it.
 * @param sealHash of it.
 * @param stop whether the writer before this one closed the journal.
 * @param setAsideLength bytes after the seal that were set aside.
 * @param setAsideName the file that has them, empty if none.
 * @param reason why they were set aside, empty if none were.
 */
public record SegmentNotice(
        int previousSegment,
        long sealNumber,
        long lastSequence,
        byte[] sealHash,
        Stop stop,
        long setAsideLength,
        String setAsideName,
        String reason) {

    /** How the writer before ended. */
    public enum Stop {
        UNCLEAN,
        CLEAN,
        /** It did not: the same writer goes on, because the segment before was long enough. */
        ROLLED
    }

    private static final int FIXED_LENGTH = 4 + 8 + 8 + Sm3.LENGTH + 1 + 8 + 2 + 2;

    /** The notice of a running writer that goes on in another segment. */
    static SegmentNotice rolled(final int previousSegment, final Seal last) {
        return new SegmentNotice(
                previousSegment, last.sealNumber(), last.lastSequence(), last.hash(), Stop.ROLLED, 0, "", "");
    }

    byte[] encode() {
        final byte[] name = setAsideName.getBytes(StandardCharsets.UTF_8);
        final byte[] why = reason.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer buffer =
                ByteBuffer.allocate(FIXED_LENGTH + name.length + why.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(previousSegment).putLong(sealNumber).putLong(lastSequence).put(sealHash);
        buffer.put((byte) stop.ordinal()).putLong(setAsideLength);
        buffer.putShort((short) name.length)
                .put(name)
                .putShort((short) why.length)
                .put(why);
        return buffer.array();
    }

    /** Reads the notice of a SEGMENT record. @throws IllegalArgumentException if the record is another. */
    public static SegmentNotice of(final RecordView record) {
        final byte[] bytes = new byte[record.commandLength()];
        record.buffer().getBytes(record.commandOffset(), bytes);
        final SegmentNotice notice = record.kind() == RecordKind.SEGMENT ? decode(bytes) : null;
        if (notice == null) {
            throw new IllegalArgumentException("record " + record.sequence() + " begins no segment");
        }
        return notice;
    }

    /** Reads a notice; null if the bytes are none. */
    static SegmentNotice decode(final byte[] bytes) {
        if (bytes.length < FIXED_LENGTH) {
            return null;
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int previous = buffer.getInt();
        final long number = buffer.getLong();
        final long sequence = buffer.getLong();
        final byte[] hash = new byte[Sm3.LENGTH];
        buffer.get(hash);
        final int code = buffer.get();
        final Stop stop = code >= 0 && code < Stop.values().length ? Stop.values()[code] : Stop.UNCLEAN;
        final long length = buffer.getLong();
        final String name = text(buffer);
        final String why = name == null ? null : text(buffer);
        return why == null ? null : new SegmentNotice(previous, number, sequence, hash, stop, length, name, why);
    }

    private static String text(final ByteBuffer buffer) {
        if (buffer.remaining() < Short.BYTES) {
            return null;
        }
        final int length = buffer.getShort() & 0xffff;
        if (buffer.remaining() < length) {
            return null;
        }
        final byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
