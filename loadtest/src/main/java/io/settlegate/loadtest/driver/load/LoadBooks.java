package io.settlegate.loadtest.driver.load;

import io.netty.buffer.ByteBuf;
import io.settlegate.loadtest.books.Acknowledged;
import io.settlegate.loadtest.books.Totals;
import io.settlegate.loadtest.wire.GatewayMessage;
import io.settlegate.loadtest.wire.GatewayMessageDecoder;
import io.settlegate.loadtest.wire.Outcome;
import io.settlegate.protocol.codec.InpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the load was told, over all phases: how many settlements, reversals, and cancels, and their sums, read in place from each
 * first answer; of one answer in {@value #SAMPLE_STRIDE} the bytes, for the receipt.
 *
 * <p>Owned by the event loop.
 */
final class LoadBooks {
    private static final int SAMPLE_STRIDE = 1_021;
    private static final int MAX_SAMPLES = 20_000;
    private static final int TEMPLATE_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int BODY_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;

    private final List<Acknowledged> samples = new ArrayList<>();
    private long answerCount;
    private long settlementCount;
    private long reversalCount;
    private long cancelCount;
    private long fundPaySumamtFen;
    private long acctPayFen;
    private long psnCashPayFen;

    /**
     * Books a first answer whose code is 0.
     *
     * @param outcome where it begins in the frame, header included.
     */
    void good(final ByteBuf frame, final int outcome) {
        final int body = outcome + BODY_OFFSET;
        switch (frame.getUnsignedShortLE(outcome + TEMPLATE_OFFSET)) {
            case PharmacySettleOutcomeDecoder.TEMPLATE_ID,
                    OutpatientSettleOutcomeDecoder.TEMPLATE_ID,
                    InpatientSettleOutcomeDecoder.TEMPLATE_ID -> {
                // One layout.
                settlementCount++;
                add(
                        frame.getLongLE(body + PharmacySettleOutcomeDecoder.fundPaySumamtFenEncodingOffset()),
                        frame.getLongLE(body + PharmacySettleOutcomeDecoder.acctPayFenEncodingOffset()),
                        frame.getLongLE(body + PharmacySettleOutcomeDecoder.psnCashPayFenEncodingOffset()));
            }
            case ReversalOutcomeDecoder.TEMPLATE_ID -> {
                if (frame.getUnsignedByte(body + ReversalOutcomeDecoder.effectEncodingOffset())
                        == ReversalEffect.REVERSED.value()) {
                    reversalCount++;
                    add(
                            frame.getLongLE(body + ReversalOutcomeDecoder.fundPaySumamtFenEncodingOffset()),
                            frame.getLongLE(body + ReversalOutcomeDecoder.acctPayFenEncodingOffset()),
                            frame.getLongLE(body + ReversalOutcomeDecoder.psnCashPayFenEncodingOffset()));
                }
            }
            case PharmacyCancelOutcomeDecoder.TEMPLATE_ID -> {
                cancelCount++;
                add(
                        frame.getLongLE(body + PharmacyCancelOutcomeDecoder.fundPaySumamtFenEncodingOffset()),
                        frame.getLongLE(body + PharmacyCancelOutcomeDecoder.acctPayFenEncodingOffset()),
                        frame.getLongLE(body + PharmacyCancelOutcomeDecoder.psnCashPayFenEncodingOffset()));
            }
            default -> {
                // It moved no money.
                return;
            }
        }
    }

    private void add(final long fundFen, final long accountFen, final long cashFen) {
        fundPaySumamtFen = Math.addExact(fundPaySumamtFen, fundFen);
        acctPayFen = Math.addExact(acctPayFen, accountFen);
        psnCashPayFen = Math.addExact(psnCashPayFen, cashFen);
    }

    /** True if the bytes of this answer are to be kept. */
    boolean isSample() {
        return answerCount++ % SAMPLE_STRIDE == 0 && samples.size() < MAX_SAMPLES;
    }

    void keep(final byte[] command, final byte[] frame) {
        if (new GatewayMessageDecoder().decode(frame) instanceof GatewayMessage.Reply reply) {
            samples.add(
                    new Acknowledged(Outcome.read(reply.outcome()).msgid(), command, reply.outcome(), reply.receipt()));
        }
    }

    List<Acknowledged> samples() {
        return List.copyOf(samples);
    }

    /** Settlements, what undid them, and sums net of that. */
    Totals totals() {
        return new Totals(settlementCount, reversalCount, fundPaySumamtFen, acctPayFen, psnCashPayFen);
    }

    long cancelCount() {
        return cancelCount;
    }
}
