package io.settlegate.protocol.client;

import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;

/**
 * Whether an answer proves what it says. A first answer proves the very bytes that were sent; a repeat proves what was sent first,
 * perhaps by another terminal.
 *
 * <p>Safe for all threads, one answer at a time. Throws {@link ReceiptRefusedException}.
 */
final class AnswerCheck {
    private final ReceiptVerifier verifier;

    AnswerCheck(final Sm2PublicKey gatewayKey) {
        this.verifier = new ReceiptVerifier(gatewayKey, new BouncyCastleVerifier());
    }

    synchronized void check(final SignedRequest request, final Answer answer) {
        final byte[] asked = answer.kind() == ReplyKind.FIRST ? request.frame() : null;
        checkReceipt(request, answer.outcome(), answer.receipt(), asked);
        checkMsgid(request, answer.outcome(), request.msgid());
        if (answer.recordReceipt().length > 0) {
            checkReceipt(request, answer.recordOutcome(), answer.recordReceipt(), null);
            checkMsgid(request, answer.recordOutcome(), answer.query().omsgid());
        }
    }

    private void checkReceipt(
            final SignedRequest request, final byte[] outcome, final byte[] receipt, final byte[] asked) {
        final ReceiptVerdict verdict = verifier.verify(receipt, outcome, asked);
        if (!verdict.isValid()) {
            throw new ReceiptRefusedException(request.msgid(), verdict.toString());
        }
    }

    /** An outcome that proves itself may still be that of another msgid. */
    private static void checkMsgid(final SignedRequest request, final byte[] outcome, final String msgid) {
        if (!Answer.msgidOf(outcome).equals(msgid)) {
            throw new ReceiptRefusedException(request.msgid(), "the outcome is that of another msgid");
        }
    }
}
