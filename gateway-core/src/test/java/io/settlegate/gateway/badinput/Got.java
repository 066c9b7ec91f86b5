package io.settlegate.gateway.badinput;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.codec.BusyDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a frame got.
 *
 * @param code    null where the connection was closed without a word.
 * @param kind    null but for a reply.
 * @param outcome empty but for a reply.
 * @param receipt empty but for a reply.
 */
record Got(ResultCode code, ReplyKind kind, byte[] outcome, byte[] receipt) {
    private static final byte[] NONE = new byte[0];

    /** The connection ended. */
    static final Got CLOSED = new Got(null, null, NONE, NONE);

    /** Of a frame as it came: SBE header and body. */
    static Got of(final byte[] frame) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        return switch (header.templateId()) {
            case RefusalDecoder.TEMPLATE_ID ->
                refused(new RefusalDecoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .code());
            case BusyDecoder.TEMPLATE_ID ->
                refused(new BusyDecoder().wrapAndApplyHeader(buffer, 0, header).code());
            case ReplyDecoder.TEMPLATE_ID -> reply(new ReplyDecoder().wrapAndApplyHeader(buffer, 0, header));
            default -> throw new AssertionError("message " + header.templateId() + " answers no request");
        };
    }

    private static Got refused(final int code) {
        return new Got(ResultCode.of(code), null, NONE, NONE);
    }

    private static Got reply(final ReplyDecoder reply) {
        final byte[] outcome = new byte[reply.outcomeLength()];
        reply.getOutcome(outcome, 0, outcome.length);
        final byte[] receipt = new byte[reply.receiptLength()];
        reply.getReceipt(receipt, 0, receipt.length);
        return new Got(Answer.codeOf(outcome), reply.kind(), outcome, receipt);
    }

    boolean hasReceipt() {
        return receipt.length > 0;
    }
}
