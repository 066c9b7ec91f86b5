package io.settlegate.loadtest.wire;

import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** How the lines of a visit split, as the answer to their upload says; a settlement repeats it. Amounts in fen. */
public record LineSplit(
        long medfeeSumamtFen,
        long fulamtOwnpayAmtFen,
        long overlmtSelfpayFen,
        long preselfpayAmtFen,
        long inscpScpAmtFen) {
    /** The sums over the lines of the outcome of a 2204 or a 2301, header included, which have one layout. */
    public static LineSplit of(final byte[] outcome) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final UnsafeBuffer buffer = new UnsafeBuffer(outcome);
        header.wrap(buffer, 0);
        final OutpatientFeeLinesOutcomeDecoder decoder = new OutpatientFeeLinesOutcomeDecoder()
                .wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
        long all = 0;
        long ownpay = 0;
        long overlmt = 0;
        long preselfpay = 0;
        long inscp = 0;
        for (final OutpatientFeeLinesOutcomeDecoder.DetlcutinfoDecoder line : decoder.detlcutinfo()) {
            all += line.detItemFeeSumamtFen();
            ownpay += line.fulamtOwnpayAmtFen();
            overlmt += line.overlmtAmtFen();
            preselfpay += line.preselfpayAmtFen();
            inscp += line.inscpScpAmtFen();
        }
        return new LineSplit(all, ownpay, overlmt, preselfpay, inscp);
    }
}
