package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActHeaderDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The act under work: where its fields stand, and what its outcome tells beside the reason. One instance, reused.
 *
 * <pre>
 * offset: SBE header 8 | body: act header (operators') | fields ... | signature 64 (operators')
 * </pre>
 *
 * <p>Owned by the engine's thread.
 */
final class ActCommand {
    static final int ID_LENGTH = 30;
    private static final int SPACE = ' ';
    private static final int DELETE = 0x7f;
    private static final int GATEWAY_ID = ActHeaderDecoder.gatewayIdEncodingOffset();
    private static final int GATEWAY_ID_LENGTH = ActHeaderDecoder.gatewayIdEncodingLength();
    private static final int ACT_ID = ActHeaderDecoder.actIdEncodingOffset();
    private static final int SENT_AT = ActHeaderDecoder.sentAtMsEncodingOffset();

    DirectBuffer buffer;
    int offset;
    int length;
    int body;
    int templateId;
    int blockLength;
    int version;
    long sequence;
    long timeMs;

    int chunkIndex;
    int rowIndex;
    long rowCount;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    void wrap(
            final DirectBuffer source,
            final int commandOffset,
            final int commandLength,
            final long atSequence,
            final long atMs) {
        buffer = source;
        offset = commandOffset;
        length = commandLength;
        body = commandOffset + MessageHeaderDecoder.ENCODED_LENGTH;
        header.wrap(source, commandOffset);
        templateId = header.templateId();
        blockLength = header.blockLength();
        version = header.version();
        sequence = atSequence;
        timeMs = atMs;
        chunkIndex = -1;
        rowIndex = -1;
        rowCount = 0;
    }

    boolean hasHeader() {
        return length >= MessageHeaderDecoder.ENCODED_LENGTH + ActHeaderDecoder.ENCODED_LENGTH;
    }

    byte domainTag() {
        return buffer.getByte(body);
    }

    boolean isFor(final String gatewayId) {
        return Fields.holds(buffer, body + GATEWAY_ID, GATEWAY_ID_LENGTH, gatewayId);
    }

    int actId() {
        return body + ACT_ID;
    }

    long sentAtMs() {
        return getLong(SENT_AT);
    }

    /** The number at this offset of the body. */
    long getLong(final int field) {
        return buffer.getLong(body + field, ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether characters of this length begin with one that can be seen, hold no control character, and are padded with zeros. */
    boolean isText(final int field, final int textLength) {
        int used = textLength;
        while (used > 0 && getByte(field + used - 1) == 0) {
            used--;
        }
        for (int i = 0; i < used; i++) {
            final int value = getByte(field + i) & 0xff;
            if (value < SPACE || value == DELETE) {
                return false;
            }
        }
        return used > 0 && getByte(field) != SPACE;
    }

    byte getByte(final int field) {
        return buffer.getByte(body + field);
    }
}
