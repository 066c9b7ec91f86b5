package io.settlegate.gateway.recovery;

import io.settlegate.gateway.settlement.EngineRules;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The internal part of a command's record: what replay needs and the terminal does not get.
 *
 * <pre>
 *  0  u16  format, 1
 *  2  u16  version of the terminal's key that verified the signature; 0 for acts
 *  4  u32  reserved, 0
 *  8  u64  state hash after the record, high half
 * 16  u64  state hash after the record, low half
 * </pre>
 *
 * <p>Little-endian. A flyweight; one thread.
 */
public final class InternalPart {
    /** Bytes. */
    public static final int LENGTH = 24;

    /** Rules under which this build writes new records; stands in each record's header. */
    public static final int RULES_VERSION = EngineRules.NEWEST;

    private static final short FORMAT = 1;
    private static final int KEY_VERSION_OFFSET = 2;
    private static final int STATE_HASH_HIGH_OFFSET = 8;
    private static final int STATE_HASH_LOW_OFFSET = 16;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);

    public void wrap(final int keyVersion, final long stateHashHigh, final long stateHashLow) {
        buffer.putShort(0, FORMAT, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(KEY_VERSION_OFFSET, (short) keyVersion, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(STATE_HASH_HIGH_OFFSET, stateHashHigh, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(STATE_HASH_LOW_OFFSET, stateHashLow, ByteOrder.LITTLE_ENDIAN);
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    /** True if {@code length} bytes at {@code offset} are an internal part of a format that this build reads. */
    public static boolean isReadable(final DirectBuffer source, final int offset, final int length) {
        return length == LENGTH && source.getShort(offset, ByteOrder.LITTLE_ENDIAN) == FORMAT;
    }

    /** Version of the terminal's key that verified the signature; 0 for acts. */
    public static int keyVersion(final DirectBuffer source, final int offset) {
        return source.getShort(offset + KEY_VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }

    public static long stateHashHigh(final DirectBuffer source, final int offset) {
        return source.getLong(offset + STATE_HASH_HIGH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    public static long stateHashLow(final DirectBuffer source, final int offset) {
        return source.getLong(offset + STATE_HASH_LOW_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
