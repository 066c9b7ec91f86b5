package io.settlegate.benchmarks;

import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacyCancelEncoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The cancel of one of {@link FreshSettlements}, by the same terminal a second later, with 64 bytes where the signature stands. Their
 * seconds are even, so no other request has its msgid. One thread.
 */
final class CancelFrame {
    private static final int SIGNATURE_LENGTH = 64;
    private static final int MESSAGE = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int SECOND = MESSAGE + RequestHeaderDecoder.msgidEncodingOffset() + 25;

    private final UnsafeBuffer frame =
            new UnsafeBuffer(new byte[MESSAGE + PharmacyCancelEncoder.BLOCK_LENGTH + SIGNATURE_LENGTH]);
    private final PharmacyCancelEncoder cancel = new PharmacyCancelEncoder();
    private final PharmacySettleOutcomeDecoder settled = new PharmacySettleOutcomeDecoder();

    /**
     * Made in place of the last.
     *
     * @throws IllegalStateException if the settlement was refused.
     */
    UnsafeBuffer of(final DirectBuffer settlement, final DirectBuffer outcome) {
        final MessageHeaderDecoder type = new MessageHeaderDecoder().wrap(outcome, 0);
        if (type.templateId() != PharmacySettleOutcomeDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("a settlement of the journal is refused");
        }
        settled.wrapAndApplyHeader(outcome, 0, type);
        cancel.wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder());
        frame.putBytes(MESSAGE, settlement, MESSAGE, RequestHeaderDecoder.ENCODED_LENGTH);
        frame.putByte(SECOND, (byte) (frame.getByte(SECOND) + 1));
        cancel.psnNo(settled.psnNo()).setlId(settled.setlId());
        return frame;
    }
}
