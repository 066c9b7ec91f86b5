package io.settlegate.protocol.client;

import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.util.Arrays;

/**
 * Whether an answer proves what it says. A first answer proves the very bytes that were sent; a repeat proves what was sent first,
 * perhaps by another terminal.
 *
 * <p>Safe for all threads, one answer at a time. Throws {@link ReceiptRefusedException}.
 */
final class AnswerCheck {
    /** A msgid begins with it. */
    private static final int INSTITUTION_LENGTH = 12;

    private final ReceiptVerifier verifier;

    AnswerCheck(final Sm2PublicKey gatewayKey) {
        this.verifier = new ReceiptVerifier(gatewayKey, new BouncyCastleVerifier());
    }

    synchronized void check(final SignedRequest request, final Answer answer) {
        final byte[] asked = answer.kind() == ReplyKind.FIRST ? request.frame() : null;
        checkReceipt(request, answer.outcome(), answer.receipt(), asked);
        checkMsgid(request, answer.outcome(), request.msgid());
        if (answer.hasPage()) {
            checkPage(request, answer.page(), Receipt.decode(answer.receipt()).sequence());
        }
        if (answer.recordReceipt().length > 0) {
            checkReceipt(request, answer.recordOutcome(), answer.recordReceipt(), null);
            checkMsgid(request, answer.recordOutcome(), answer.query().omsgid());
        }
    }

    /** A page looks as far as its own question; each record of it proves itself, and is one of this institution's. */
    private void checkPage(final SignedRequest request, final RecordPage page, final long ownSequence) {
        if (page.asOfSequence() < ownSequence) {
            throw new ReceiptRefusedException(
                    request.msgid(),
                    "the page is as of record " + page.asOfSequence() + ", before its own question " + ownSequence);
        }
        long last = 0;
        for (final RecordAnswer record : page.records()) {
            final byte[] receipt = record.answer().receipt();
            checkReceipt(request, record.answer().outcome(), receipt, null);
            final Receipt proved = Receipt.decode(receipt);
            if (proved.sequence() != record.sequence()
                    || record.sequence() <= last
                    || !Arrays.equals(proved.commandHash(), record.commandHash())) {
                throw new ReceiptRefusedException(
                        request.msgid(), "record " + record.sequence() + " of the page is not the one it proves");
            }
            if (!record.answer().msgid().startsWith(request.msgid().substring(0, INSTITUTION_LENGTH))) {
                throw new ReceiptRefusedException(
                        request.msgid(), "record " + record.sequence() + " of the page is of another institution");
            }
            last = record.sequence();
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
