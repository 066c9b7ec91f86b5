package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.settlegate.gateway.settlement.codec.AcceptClockDecoder;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderDecoder;
import io.settlegate.gateway.settlement.codec.AllocateDecoder;
import io.settlegate.gateway.settlement.codec.AllocationChunkDecoder;
import io.settlegate.gateway.settlement.codec.CatalogueChunkDecoder;
import io.settlegate.gateway.settlement.codec.ClosePeriodDecoder;
import io.settlegate.gateway.settlement.codec.EnrolTerminalDecoder;
import io.settlegate.gateway.settlement.codec.EntitlementChunkDecoder;
import io.settlegate.gateway.settlement.codec.FreezePersonDecoder;
import io.settlegate.gateway.settlement.codec.GroupSizeEncodingDecoder;
import io.settlegate.gateway.settlement.codec.ImportBeginDecoder;
import io.settlegate.gateway.settlement.codec.ImportCommitDecoder;
import io.settlegate.gateway.settlement.codec.InstitutionChunkDecoder;
import io.settlegate.gateway.settlement.codec.ItemTermsChunkDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.PersonChunkDecoder;
import io.settlegate.gateway.settlement.codec.PolicyVersionChunkDecoder;
import io.settlegate.gateway.settlement.codec.ReadUnmaskedDecoder;
import io.settlegate.gateway.settlement.codec.RegionChunkDecoder;
import io.settlegate.gateway.settlement.codec.RegisterTerminalDecoder;
import io.settlegate.gateway.settlement.codec.TerminalChunkDecoder;
import io.settlegate.gateway.settlement.codec.TerminalStatusDecoder;
import io.settlegate.gateway.settlement.codec.VoucherChunkDecoder;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.crypto.Sm2Signer;

/**
 * The form of an operator's frame, told from its lengths and its header alone: what passes here can be decoded without reading
 * beyond the frame. The gateway's own acts have no form here, so that nobody can send one.
 *
 * <pre>
 * SBE header 8 | act header (domain tag 1, gateway id 16, act id 30, sent at 8) | body | signature 64
 * </pre>
 *
 * <p>Stateless. Offsets are absolute in the frame, whose first byte is the SBE header's.
 */
final class ActForm {
    private static final int HEADER_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int DOMAIN_TAG_OFFSET = HEADER_OFFSET + ActHeaderDecoder.domainTagEncodingOffset();
    static final int GATEWAY_ID_OFFSET = HEADER_OFFSET + ActHeaderDecoder.gatewayIdEncodingOffset();
    static final int GATEWAY_ID_LENGTH = ActHeaderDecoder.gatewayIdEncodingLength();
    static final int ACT_ID_OFFSET = HEADER_OFFSET + ActHeaderDecoder.actIdEncodingOffset();
    static final int ACT_ID_LENGTH = ActHeaderDecoder.actIdEncodingLength();

    /** Shorter frames hold no act header, so there is nothing to answer to. */
    static final int MIN_ACT_LENGTH = HEADER_OFFSET + ActHeaderDecoder.ENCODED_LENGTH + Sm2Signer.SIGNATURE_LENGTH;

    private ActForm() {}

    static int templateId(final ByteBuf frame) {
        return frame.getUnsignedShortLE(frame.readerIndex() + MessageHeaderDecoder.templateIdEncodingOffset());
    }

    /** OK, or what is wrong with a frame of at least {@link #MIN_ACT_LENGTH} bytes. */
    static ResultCode check(final ByteBuf frame) {
        final int from = frame.readerIndex();
        if (frame.getUnsignedShortLE(from + MessageHeaderDecoder.schemaIdEncodingOffset())
                != MessageHeaderDecoder.SCHEMA_ID) {
            return ResultCode.MALFORMED;
        }
        if (frame.getUnsignedShortLE(from + MessageHeaderDecoder.versionEncodingOffset())
                != MessageHeaderDecoder.SCHEMA_VERSION) {
            return ResultCode.UNSUPPORTED_VERSION;
        }
        final int templateId = templateId(frame);
        final int single = singleBlockLength(templateId);
        final int chunk = chunkBlockLength(templateId);
        if (single < 0 && chunk < 0) {
            return ResultCode.UNSUPPORTED_TRANSACTION;
        }
        final int blockLength = Math.max(single, chunk);
        final int bodyLength = frame.readableBytes() - HEADER_OFFSET - Sm2Signer.SIGNATURE_LENGTH;
        final boolean fits = frame.getUnsignedShortLE(from + MessageHeaderDecoder.blockLengthEncodingOffset())
                        == blockLength
                && (chunk < 0
                        ? bodyLength == blockLength
                        : isTail(templateId, frame, from + HEADER_OFFSET + blockLength, bodyLength - blockLength));
        if (!fits) {
            return ResultCode.MALFORMED;
        }
        return frame.getByte(from + DOMAIN_TAG_OFFSET) == ActDomainTag.OPERATOR_ACT.value()
                ? ResultCode.OK
                : ResultCode.WRONG_DOMAIN;
    }

    private static boolean isTail(final int templateId, final ByteBuf frame, final int offset, final int length) {
        return templateId == PolicyVersionChunkDecoder.TEMPLATE_ID
                ? isData(frame, offset, length)
                : isGroup(frame, offset, length);
    }

    /** Whether bytes of a stated length fill these bytes by their own word. */
    private static boolean isData(final ByteBuf frame, final int offset, final int length) {
        return length >= Short.BYTES && length == Short.BYTES + frame.getUnsignedShortLE(offset);
    }

    /** Whether a group fills these bytes by its own word. */
    private static boolean isGroup(final ByteBuf frame, final int offset, final int length) {
        if (length < GroupSizeEncodingDecoder.ENCODED_LENGTH) {
            return false;
        }
        final long entryLength =
                frame.getUnsignedShortLE(offset + GroupSizeEncodingDecoder.blockLengthEncodingOffset());
        final long entryCount = frame.getUnsignedShortLE(offset + GroupSizeEncodingDecoder.numInGroupEncodingOffset());
        return length == GroupSizeEncodingDecoder.ENCODED_LENGTH + entryCount * entryLength;
    }

    private static int singleBlockLength(final int templateId) {
        return switch (templateId) {
            case ImportBeginDecoder.TEMPLATE_ID -> ImportBeginDecoder.BLOCK_LENGTH;
            case ImportCommitDecoder.TEMPLATE_ID -> ImportCommitDecoder.BLOCK_LENGTH;
            case AcceptClockDecoder.TEMPLATE_ID -> AcceptClockDecoder.BLOCK_LENGTH;
            case RegisterTerminalDecoder.TEMPLATE_ID -> RegisterTerminalDecoder.BLOCK_LENGTH;
            case TerminalStatusDecoder.TEMPLATE_ID -> TerminalStatusDecoder.BLOCK_LENGTH;
            case FreezePersonDecoder.TEMPLATE_ID -> FreezePersonDecoder.BLOCK_LENGTH;
            case AllocateDecoder.TEMPLATE_ID -> AllocateDecoder.BLOCK_LENGTH;
            case EnrolTerminalDecoder.TEMPLATE_ID -> EnrolTerminalDecoder.BLOCK_LENGTH;
            case ReadUnmaskedDecoder.TEMPLATE_ID -> ReadUnmaskedDecoder.BLOCK_LENGTH;
            case ClosePeriodDecoder.TEMPLATE_ID -> ClosePeriodDecoder.BLOCK_LENGTH;
            default -> -1;
        };
    }

    private static int chunkBlockLength(final int templateId) {
        return switch (templateId) {
            case RegionChunkDecoder.TEMPLATE_ID -> RegionChunkDecoder.BLOCK_LENGTH;
            case InstitutionChunkDecoder.TEMPLATE_ID -> InstitutionChunkDecoder.BLOCK_LENGTH;
            case TerminalChunkDecoder.TEMPLATE_ID -> TerminalChunkDecoder.BLOCK_LENGTH;
            case PersonChunkDecoder.TEMPLATE_ID -> PersonChunkDecoder.BLOCK_LENGTH;
            case CatalogueChunkDecoder.TEMPLATE_ID -> CatalogueChunkDecoder.BLOCK_LENGTH;
            case PolicyVersionChunkDecoder.TEMPLATE_ID -> PolicyVersionChunkDecoder.BLOCK_LENGTH;
            case AllocationChunkDecoder.TEMPLATE_ID -> AllocationChunkDecoder.BLOCK_LENGTH;
            case VoucherChunkDecoder.TEMPLATE_ID -> VoucherChunkDecoder.BLOCK_LENGTH;
            case ItemTermsChunkDecoder.TEMPLATE_ID -> ItemTermsChunkDecoder.BLOCK_LENGTH;
            case EntitlementChunkDecoder.TEMPLATE_ID -> EntitlementChunkDecoder.BLOCK_LENGTH;
            default -> -1;
        };
    }
}
