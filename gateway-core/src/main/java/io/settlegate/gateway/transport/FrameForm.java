package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.GroupSizeEncodingDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.SignInDecoder;
import io.settlegate.protocol.crypto.Sm2Signer;

/**
 * The form of a request frame, told from its lengths and its header alone: what passes here can be decoded without reading
 * beyond the frame. All requests open with the same common block, so its fields stand at fixed offsets.
 *
 * <p>Stateless. Offsets are absolute in the frame, whose first byte is the SBE header's.
 */
final class FrameForm {
    static final int HEADER_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;
    static final int SN_OFFSET = HEADER_OFFSET + RequestHeaderDecoder.snEncodingOffset();
    static final int SN_LENGTH = RequestHeaderDecoder.snEncodingLength();
    static final int GATEWAY_ID_OFFSET = HEADER_OFFSET + RequestHeaderDecoder.gatewayIdEncodingOffset();
    static final int GATEWAY_ID_LENGTH = RequestHeaderDecoder.gatewayIdEncodingLength();
    static final int MSGID_OFFSET = HEADER_OFFSET + RequestHeaderDecoder.msgidEncodingOffset();
    static final int MSGID_LENGTH = RequestHeaderDecoder.msgidEncodingLength();
    static final int CORRELATION_ID_OFFSET = HEADER_OFFSET + RequestHeaderDecoder.correlationIdEncodingOffset();
    static final int NONCE_OFFSET = HEADER_OFFSET + SignInDecoder.nonceEncodingOffset();
    static final int NONCE_LENGTH = SignInDecoder.nonceEncodingLength();

    /** Shorter frames hold no common block, so there is nothing to answer to. */
    static final int MIN_REQUEST_LENGTH =
            HEADER_OFFSET + RequestHeaderDecoder.ENCODED_LENGTH + Sm2Signer.SIGNATURE_LENGTH;

    private FrameForm() {}

    static int templateId(final ByteBuf frame) {
        return frame.getUnsignedShortLE(frame.readerIndex() + MessageHeaderDecoder.templateIdEncodingOffset());
    }

    static int schemaId(final ByteBuf frame) {
        return frame.getUnsignedShortLE(frame.readerIndex() + MessageHeaderDecoder.schemaIdEncodingOffset());
    }

    private static int version(final ByteBuf frame) {
        return frame.getUnsignedShortLE(frame.readerIndex() + MessageHeaderDecoder.versionEncodingOffset());
    }

    private static int blockLength(final ByteBuf frame) {
        return frame.getUnsignedShortLE(frame.readerIndex() + MessageHeaderDecoder.blockLengthEncodingOffset());
    }

    /** OK, or what is wrong with a frame of at least {@link #MIN_REQUEST_LENGTH} bytes. */
    static ResultCode check(final ByteBuf frame) {
        if (schemaId(frame) != MessageHeaderDecoder.SCHEMA_ID) {
            return ResultCode.MALFORMED;
        }
        if (version(frame) != MessageHeaderDecoder.SCHEMA_VERSION) {
            return ResultCode.UNSUPPORTED_VERSION;
        }
        final RequestForm form = RequestForm.of(templateId(frame));
        if (form == null) {
            return ResultCode.UNSUPPORTED_TRANSACTION;
        }
        final int bodyLength = frame.readableBytes() - HEADER_OFFSET - Sm2Signer.SIGNATURE_LENGTH;
        final int groupLength = groupLength(frame, form, bodyLength);
        if (blockLength(frame) != form.blockLength()
                || groupLength < 0
                || bodyLength != form.blockLength() + groupLength) {
            return ResultCode.MALFORMED;
        }
        final byte domainTag =
                frame.getByte(frame.readerIndex() + HEADER_OFFSET + RequestHeaderDecoder.domainTagEncodingOffset());
        return domainTag == DomainTag.TERMINAL_REQUEST.value() ? ResultCode.OK : ResultCode.WRONG_DOMAIN;
    }

    /** Bytes that the message's group takes by its own word; -1 where that word cannot be true. */
    private static int groupLength(final ByteBuf frame, final RequestForm form, final int bodyLength) {
        if (!form.hasGroup()) {
            return 0;
        }
        if (bodyLength < form.blockLength() + GroupSizeEncodingDecoder.ENCODED_LENGTH) {
            return -1;
        }
        final int groupOffset = frame.readerIndex() + HEADER_OFFSET + form.blockLength();
        final int entryLength =
                frame.getUnsignedShortLE(groupOffset + GroupSizeEncodingDecoder.blockLengthEncodingOffset());
        final int entryCount =
                frame.getUnsignedShortLE(groupOffset + GroupSizeEncodingDecoder.numInGroupEncodingOffset());
        if (entryLength != form.entryLength()) {
            return -1;
        }
        // More lines than the limit are a matter for the engine, which names the fault; here they need only fit the
        // frame.
        return entryCount * entryLength > Limits.MAX_FRAME_LENGTH
                ? -1
                : GroupSizeEncodingDecoder.ENCODED_LENGTH + entryCount * entryLength;
    }
}
