package io.settlegate.gateway.pipeline;

import io.settlegate.gateway.settlement.codec.ActHeaderDecoder;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.protocol.ResultCode;
import java.nio.ByteOrder;

/** What the reply stage reads of an act and of its outcome, whose messages are of the acts' own schema. Stateless. */
final class ActReplies {
    /** Of the id that the operator chose, in the frame. */
    static final int ACT_ID_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + ActHeaderDecoder.actIdEncodingOffset();

    private static final int TEMPLATE_ID_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int CODE_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + ActRefusedDecoder.codeEncodingOffset();

    private ActReplies() {}

    /** OK, or the code under which the engine refused. */
    static ResultCode codeOf(final RequestSlot slot) {
        final boolean refused = unsignedShort(slot, TEMPLATE_ID_OFFSET) == ActRefusedDecoder.TEMPLATE_ID;
        return refused ? ResultCode.of(unsignedShort(slot, CODE_OFFSET)) : ResultCode.OK;
    }

    private static int unsignedShort(final RequestSlot slot, final int offset) {
        return slot.outcome().getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }
}
