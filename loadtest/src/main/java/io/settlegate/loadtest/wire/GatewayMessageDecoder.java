package io.settlegate.loadtest.wire;

import io.settlegate.protocol.codec.BusyDecoder;
import io.settlegate.protocol.codec.ChallengeDecoder;
import io.settlegate.protocol.codec.HeartbeatDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes what a gateway sends. For clients that keep what they read; the pre-signed load reads two fields in place
 * instead.
 *
 * <p>One thread at a time. Throws {@code IllegalArgumentException} on a message it does not know, and
 * {@code IndexOutOfBoundsException} on one that is too short for what it says.
 */
public final class GatewayMessageDecoder {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ChallengeDecoder challenge = new ChallengeDecoder();
    private final ReplyDecoder reply = new ReplyDecoder();
    private final BusyDecoder busy = new BusyDecoder();
    private final RefusalDecoder refusal = new RefusalDecoder();

    /** @param frame a whole frame without its length field. */
    public GatewayMessage decode(final byte[] frame) {
        buffer.wrap(frame);
        header.wrap(buffer, 0);
        return switch (header.templateId()) {
            case ChallengeDecoder.TEMPLATE_ID -> challenge();
            case ReplyDecoder.TEMPLATE_ID -> reply();
            case BusyDecoder.TEMPLATE_ID -> busy();
            case RefusalDecoder.TEMPLATE_ID -> refusal();
            case HeartbeatDecoder.TEMPLATE_ID -> new GatewayMessage.Heartbeat();
            default -> throw new IllegalArgumentException("the gateway sent template " + header.templateId());
        };
    }

    private GatewayMessage challenge() {
        challenge.wrapAndApplyHeader(buffer, 0, header);
        final byte[] nonce = new byte[ChallengeDecoder.nonceLength()];
        challenge.getNonce(nonce, 0, nonce.length);
        return new GatewayMessage.Challenge(challenge.gatewayId(), nonce);
    }

    private GatewayMessage reply() {
        reply.wrapAndApplyHeader(buffer, 0, header);
        final byte[] outcome = new byte[reply.outcomeLength()];
        reply.getOutcome(outcome, 0, outcome.length);
        final byte[] receipt = new byte[reply.receiptLength()];
        reply.getReceipt(receipt, 0, receipt.length);
        final byte[] answer = new byte[reply.answerLength()];
        reply.getAnswer(answer, 0, answer.length);
        final byte[] answerReceipt = new byte[reply.answerReceiptLength()];
        reply.getAnswerReceipt(answerReceipt, 0, answerReceipt.length);
        return new GatewayMessage.Reply(
                reply.correlationId(),
                reply.kind() == ReplyKind.REPEAT,
                reply.state(),
                outcome,
                receipt,
                answer,
                answerReceipt);
    }

    private GatewayMessage busy() {
        busy.wrapAndApplyHeader(buffer, 0, header);
        return new GatewayMessage.Busy(busy.correlationId(), busy.code(), busy.retryAfterMs());
    }

    private GatewayMessage refusal() {
        refusal.wrapAndApplyHeader(buffer, 0, header);
        return new GatewayMessage.Refusal(refusal.correlationId(), refusal.code());
    }
}
