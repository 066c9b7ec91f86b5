package io.settlegate.journal;

import io.settlegate.journal.store.Frames;
import io.settlegate.protocol.receipt.Seal;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a record. Little-endian.
 *
 * <pre>
 *    0 u32 magic 53474A31          28 u32 internal length
 *    4 u8  kind                    32 i64 sequence; a seal's number
 *    5 u8  format = 1              40 i64 timeMs
 *    6 u16 schema version          48 u32 CRC32C over 0..47 and 52..end of the internal part
 *    8 i32 rules version           52 command | outcome | internal part
 *   12 i32 key version              . u32 end mark A5C3965A
 *   16 u32 payload key id = 0
 *   20 u32 command length
 *   24 u32 outcome length
 * </pre>
 *
 * <p>The end mark tells a write that stopped early from a finished record that was altered later. No byte of it is a single
 * bit, so that a flipped bit does not turn it into nothing.
 *
 * <p>One thread at a time. The buffer grows to the largest record and is kept; nothing else is allocated.
 */
final class RecordFormat {
    static final int MAGIC = 0x314a4753;
    static final int FORMAT = 1;
    static final int SCHEMA_VERSION = 1;
    static final int END_MARK = 0x5a96c3a5;
    static final int END_MARK_LENGTH = 4;

    static final int KIND_OFFSET = 4;
    static final int FORMAT_OFFSET = 5;
    static final int SCHEMA_OFFSET = 6;
    static final int RULES_OFFSET = 8;
    static final int KEY_OFFSET = 12;
    static final int PAYLOAD_KEY_OFFSET = 16;
    static final int COMMAND_LENGTH_OFFSET = 20;
    static final int OUTCOME_LENGTH_OFFSET = 24;
    static final int INTERNAL_LENGTH_OFFSET = 28;
    static final int SEQUENCE_OFFSET = 32;
    static final int TIME_OFFSET = 40;
    static final int CRC_OFFSET = 48;
    static final int HEADER_LENGTH = 52;

    private static final UnsafeBuffer NOTHING = new UnsafeBuffer(new byte[0]);
    private static final int INITIAL_LENGTH = 4096;

    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[INITIAL_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    /** Encodes a record that has only a command part, and answers its length. */
    int encode(
            final RecordKind kind,
            final long sequence,
            final long timeMs,
            final int rules,
            final int key,
            final byte[] body) {
        return encode(
                kind,
                sequence,
                timeMs,
                rules,
                key,
                new UnsafeBuffer(body),
                0,
                body.length,
                NOTHING,
                0,
                0,
                NOTHING,
                0,
                0);
    }

    /** A seal's record: the seal as its command, the leaf hashes of the batch as its outcome. */
    int encodeSeal(final Seal seal, final int key, final DirectBuffer leaves) {
        final byte[] body = seal.bytes();
        return encode(
                RecordKind.SEAL,
                seal.sealNumber(),
                seal.timeMs(),
                0,
                key,
                new UnsafeBuffer(body),
                0,
                body.length,
                leaves,
                0,
                leaves.capacity(),
                NOTHING,
                0,
                0);
    }

    int encode(
            final RecordKind kind,
            final long sequence,
            final long timeMs,
            final int rules,
            final int key,
            final DirectBuffer command,
            final int commandOffset,
            final int commandLength,
            final DirectBuffer outcome,
            final int outcomeOffset,
            final int outcomeLength,
            final DirectBuffer internal,
            final int internalOffset,
            final int internalLength) {
        final long total = (long) HEADER_LENGTH + commandLength + outcomeLength + internalLength + END_MARK_LENGTH;
        if (commandLength < 0 || outcomeLength < 0 || internalLength < 0 || total > Frames.MAX_RECORD_LENGTH) {
            throw new IllegalArgumentException(
                    "record " + sequence + " would have " + total + " bytes, the limit is " + Frames.MAX_RECORD_LENGTH);
        }
        final int length = (int) total;
        ensure(length);
        buffer.putInt(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(KIND_OFFSET, (byte) kind.code());
        buffer.putByte(FORMAT_OFFSET, (byte) FORMAT);
        buffer.putShort(SCHEMA_OFFSET, (short) SCHEMA_VERSION, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(RULES_OFFSET, rules, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(KEY_OFFSET, key, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(PAYLOAD_KEY_OFFSET, 0, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(COMMAND_LENGTH_OFFSET, commandLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(OUTCOME_LENGTH_OFFSET, outcomeLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(INTERNAL_LENGTH_OFFSET, internalLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(TIME_OFFSET, timeMs, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(HEADER_LENGTH, command, commandOffset, commandLength);
        buffer.putBytes(HEADER_LENGTH + commandLength, outcome, outcomeOffset, outcomeLength);
        buffer.putBytes(HEADER_LENGTH + commandLength + outcomeLength, internal, internalOffset, internalLength);
        buffer.putInt(CRC_OFFSET, checksum(crc, bytes, 0, length), ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(length - END_MARK_LENGTH, END_MARK, ByteOrder.LITTLE_ENDIAN);
        return length;
    }

    static int checksum(final CRC32C crc, final byte[] bytes, final int offset, final int length) {
        crc.reset();
        crc.update(bytes, offset, CRC_OFFSET);
        crc.update(bytes, offset + HEADER_LENGTH, length - HEADER_LENGTH - END_MARK_LENGTH);
        return (int) crc.getValue();
    }

    private void ensure(final int length) {
        if (bytes.length < length) {
            bytes = new byte[Integer.highestOneBit(length - 1) << 1];
            buffer.wrap(bytes);
        }
    }

    UnsafeBuffer buffer() {
        return buffer;
    }
}
