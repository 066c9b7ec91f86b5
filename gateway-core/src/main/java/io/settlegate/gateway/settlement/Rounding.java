package io.settlegate.gateway.settlement;

/** Every division of money. Amounts and factors are not negative and within {@code Limits}. Stateless. */
final class Rounding {
    /** pric (1/1,000,000 yuan) times cnt (1/10,000) is in 1/100,000,000 fen. */
    private static final long PRODUCT_PER_FEN = 100_000_000L;

    private static final long RATIO_ONE = 10_000L;

    private Rounding() {}

    /** pric times cnt, half up to fen; -1 where the product leaves 63 bits, which no amount within the limits does. */
    static long lineAmountHalfUp(final long pricE6, final long cntE4) {
        final long product = pricE6 * cntE4;
        if (Math.multiplyHigh(pricE6, cntE4) != 0 || product < 0 || product > Long.MAX_VALUE - PRODUCT_PER_FEN) {
            return -1;
        }
        return (product + PRODUCT_PER_FEN / 2) / PRODUCT_PER_FEN;
    }

    /** An amount times a ratio in 1/10,000, half up to fen. */
    static long shareHalfUp(final long amountFen, final long ratioE4) {
        return (Math.multiplyExact(amountFen, ratioE4) + RATIO_ONE / 2) / RATIO_ONE;
    }
}
