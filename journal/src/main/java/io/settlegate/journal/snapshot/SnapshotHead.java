package io.settlegate.journal.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a snapshot says of itself: the content of its HEAD block.
 *
 * <pre>
 *    0 u8  gateway id (16, zero-padded)      40 i64 timeMs of the seal
 *   16 i32 state format                      48 seal hash (32)
 *   20 i32 rules version                     80 state hash (16), halves big-endian, the high one first
 *   24 i64 last sequence                     96 u32 length, anchor: what proves the seal (opaque here)
 *   32 i64 seal number
 * </pre>
 *
 * <p>A value.
 *
 * @param gatewayId whose journal it belongs to.
 * @param stateFormat version of the state's bytes.
 * @param rulesVersion of the build that computed the state; 0 if it has none.
 * @param lastSequence the last record in it.
 * @param sealNumber of the seal over that record.
 * @param timeMs of that seal.
 * @param sealHash of that seal.
 * @param stateHashHigh first half of the state hash.
 * @param stateHashLow second half.
 * @param anchor what proves the seal.
 */
public record SnapshotHead(
        String gatewayId,
        int stateFormat,
        int rulesVersion,
        long lastSequence,
        long sealNumber,
        long timeMs,
        byte[] sealHash,
        long stateHashHigh,
        long stateHashLow,
        byte[] anchor) {
    private static final int GATEWAY_ID_LENGTH = 16;
    private static final int HASH_LENGTH = 32;
    private static final int FIXED_LENGTH = 100;

    byte[] encode() {
        final ByteBuffer buffer =
                ByteBuffer.allocate(FIXED_LENGTH + anchor.length).order(ByteOrder.LITTLE_ENDIAN);
        final byte[] id = new byte[GATEWAY_ID_LENGTH];
        final byte[] text = gatewayId.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, id, 0, text.length);
        buffer.put(id).putInt(stateFormat).putInt(rulesVersion);
        buffer.putLong(lastSequence).putLong(sealNumber).putLong(timeMs).put(sealHash);
        buffer.order(ByteOrder.BIG_ENDIAN).putLong(stateHashHigh).putLong(stateHashLow);
        buffer.order(ByteOrder.LITTLE_ENDIAN).putInt(anchor.length).put(anchor);
        return buffer.array();
    }

    /** Reads a head; null if the bytes are none. */
    static SnapshotHead decode(final byte[] bytes) {
        if (bytes.length < FIXED_LENGTH) {
            return null;
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final String id = new String(take(buffer, GATEWAY_ID_LENGTH), StandardCharsets.US_ASCII).replace("\0", "");
        final int stateFormat = buffer.getInt();
        final int rulesVersion = buffer.getInt();
        final long lastSequence = buffer.getLong();
        final long sealNumber = buffer.getLong();
        final long timeMs = buffer.getLong();
        final byte[] hash = take(buffer, HASH_LENGTH);
        buffer.order(ByteOrder.BIG_ENDIAN);
        final long high = buffer.getLong();
        final long low = buffer.getLong();
        final int length = buffer.order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length != buffer.remaining() || lastSequence < 0 || sealNumber < 0) {
            return null;
        }
        return new SnapshotHead(
                id, stateFormat, rulesVersion, lastSequence, sealNumber, timeMs, hash, high, low, take(buffer, length));
    }

    private static byte[] take(final ByteBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
