package io.settlegate.gateway.badinput;

import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** Prices, quantities, and sums. */
final class BadAmounts {
    private static final long PRICE_E6 = Scene.PRICE_FEN * 10_000;

    private BadAmounts() {}

    static void addTo(final BadInputs table) {
        table.part("amounts");
        line(table, ResultCode.AMOUNT_OUT_OF_RANGE, "a negative price", Scene.PRICE_FEN, 10_000, -PRICE_E6);
        line(table, ResultCode.AMOUNT_OUT_OF_RANGE, "a quantity of zero", Scene.PRICE_FEN, 0, PRICE_E6);
        line(
                table,
                ResultCode.AMOUNT_OUT_OF_RANGE,
                "pric and cnt beyond their limits, their product beyond 64 bits",
                Scene.PRICE_FEN,
                Long.MAX_VALUE,
                Long.MAX_VALUE);
        line(
                table,
                ResultCode.LINE_AMOUNT_WRONG,
                "pric and cnt each within their limit, their product beyond 64 bits",
                Scene.PRICE_FEN,
                10_000_000_000L,
                10_000_000_000_000L);
        line(table, ResultCode.LINE_AMOUNT_WRONG, "a line one fen off", Scene.PRICE_FEN + 1, 10_000, PRICE_E6);
        table.gets(
                ResultCode.SUM_WRONG,
                "a medfeeSumamtFen one fen off the lines",
                After.BOUND,
                scene -> scene.send(scene.changed(
                        PharmacySettleDecoder.medfeeSumamtFenEncodingOffset(), Scene.int64(Scene.PRICE_FEN + 1))));
        table.gets(
                ResultCode.OK,
                "an empty account with acctUsedFlag 1: no fault, cash pays",
                After.BOUND,
                BadAmounts::emptyAccount);
    }

    private static void line(
            final BadInputs table,
            final ResultCode code,
            final String input,
            final long amountFen,
            final long cntE4,
            final long pricE6) {
        table.gets(
                code,
                input,
                After.BOUND,
                scene -> settle(
                        scene,
                        Scene.purchase(RoughCity.GOOD_PERSON, Scene.line(Scene.ITEM, amountFen, cntE4, pricE6))));
    }

    private static Got settle(final Scene scene, final Settlement settlement) throws IOException {
        return scene.send(scene.signer().settle(scene.msgid, settlement).frame());
    }

    private static Got emptyAccount(final Scene scene) throws IOException {
        final Got got = settle(
                scene,
                Scene.purchase(RoughCity.EMPTY_PERSON, Scene.line(Scene.ITEM, Scene.PRICE_FEN, 10_000, PRICE_E6)));
        final PharmacySettleOutcomeDecoder outcome = new PharmacySettleOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(got.outcome()), 0, new MessageHeaderDecoder());
        if (outcome.acctPayFen() != 0 || outcome.psnCashPayFen() != outcome.psnPartAmtFen()) {
            throw new AssertionError(
                    "the account paid " + outcome.acctPayFen() + " of nothing, in " + SmallCity.GATEWAY_ID);
        }
        scene.mark();
        return got;
    }
}
