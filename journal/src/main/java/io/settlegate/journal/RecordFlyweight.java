package io.settlegate.journal;

import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A {@link RecordView} over heap memory laid out as {@link RecordFormat} draws it.
 *
 * <p>One thread at a time. {@link #wrap} checks all but what the chain checks; damaged bytes are an answer, not an exception.
 */
final class RecordFlyweight implements RecordView {
    private final UnsafeBuffer view = new UnsafeBuffer(new byte[0]);
    private final CRC32C crc = new CRC32C();
    private int length;

    /** Points at a record; answers the field at fault, or null if the record is whole. */
    String wrap(final byte[] bytes, final int offset, final int available) {
        if (available < RecordFormat.HEADER_LENGTH + RecordFormat.END_MARK_LENGTH) {
            return "length";
        }
        view.wrap(bytes, offset, available);
        length = available;
        if (view.getInt(0, ByteOrder.LITTLE_ENDIAN) != RecordFormat.MAGIC) {
            return "magic";
        }
        if (lengthByHeader() != available) {
            return "length";
        }
        if (RecordFormat.checksum(crc, bytes, offset, available) != intAt(RecordFormat.CRC_OFFSET)) {
            return "crc";
        }
        if (intAt(available - RecordFormat.END_MARK_LENGTH) != RecordFormat.END_MARK) {
            return "endMark";
        }
        if (view.getByte(RecordFormat.FORMAT_OFFSET) != RecordFormat.FORMAT) {
            return "format";
        }
        return kind() == null || intAt(RecordFormat.PAYLOAD_KEY_OFFSET) != 0 ? "kind" : null;
    }

    /** Points at a record that was checked before. */
    void wrapChecked(final byte[] bytes, final int offset, final int available) {
        view.wrap(bytes, offset, available);
        length = available;
    }

    String wrap(final DirectBuffer record) {
        return wrap(record.byteArray(), record.wrapAdjustment(), record.capacity());
    }

    /** The length that the header states, -1 if it cannot be. */
    static long lengthByHeader(final DirectBuffer buffer, final int offset) {
        final int command = buffer.getInt(offset + RecordFormat.COMMAND_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final int outcome = buffer.getInt(offset + RecordFormat.OUTCOME_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final int internal = buffer.getInt(offset + RecordFormat.INTERNAL_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (command < 0 || outcome < 0 || internal < 0) {
            return -1;
        }
        return (long) RecordFormat.HEADER_LENGTH + command + outcome + internal + RecordFormat.END_MARK_LENGTH;
    }

    private long lengthByHeader() {
        return lengthByHeader(view, 0);
    }

    private int intAt(final int offset) {
        return view.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public RecordKind kind() {
        return RecordKind.of(view.getByte(RecordFormat.KIND_OFFSET));
    }

    @Override
    public long sequence() {
        return view.getLong(RecordFormat.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long timeMs() {
        return view.getLong(RecordFormat.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int schemaVersion() {
        return view.getShort(RecordFormat.SCHEMA_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }

    @Override
    public int rulesVersion() {
        return intAt(RecordFormat.RULES_OFFSET);
    }

    @Override
    public int keyVersion() {
        return intAt(RecordFormat.KEY_OFFSET);
    }

    @Override
    public DirectBuffer buffer() {
        return view;
    }

    /** All bytes of the record. */
    int length() {
        return length;
    }

    @Override
    public int commandOffset() {
        return RecordFormat.HEADER_LENGTH;
    }

    @Override
    public int commandLength() {
        return intAt(RecordFormat.COMMAND_LENGTH_OFFSET);
    }

    @Override
    public int outcomeOffset() {
        return commandOffset() + commandLength();
    }

    @Override
    public int outcomeLength() {
        return intAt(RecordFormat.OUTCOME_LENGTH_OFFSET);
    }

    @Override
    public int internalOffset() {
        return outcomeOffset() + outcomeLength();
    }

    @Override
    public int internalLength() {
        return intAt(RecordFormat.INTERNAL_LENGTH_OFFSET);
    }

    /** A copy of the command part: the body of records that are the journal's own. */
    byte[] command() {
        final byte[] body = new byte[commandLength()];
        view.getBytes(commandOffset(), body);
        return body;
    }
}
