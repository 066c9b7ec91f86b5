package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.Ratio;

/**
 * Every division of money, named as in {@code docs/BENEFITS.md}. Arguments are not negative and within the limits, so that no product
 * leaves a long; where that is not known, the product is checked. Stateless.
 */
public final class Rounding {
    /** pric (1/1,000,000 yuan) times cnt (1/10,000) is in 1/100,000,000 fen. */
    private static final long PRODUCT_PER_FEN = 100_000_000L;

    private Rounding() {}

    /** R1 and R2: pric, or a ceiling, times cnt, half up to fen; -1 where the product leaves 63 bits. */
    public static long lineAmountHalfUp(final long pricE6, final long cntE4) {
        final long product = pricE6 * cntE4;
        if (Math.multiplyHigh(pricE6, cntE4) != 0 || product < 0 || product > Long.MAX_VALUE - PRODUCT_PER_FEN) {
            return -1;
        }
        return (product + PRODUCT_PER_FEN / 2) / PRODUCT_PER_FEN;
    }

    /** R3: the first share of a class 乙 line, half up to fen. */
    static long firstShareHalfUp(final long amountFen, final int shareE4) {
        return (Math.multiplyExact(amountFen, (long) shareE4) + Ratio.ONE_E4 / 2) / Ratio.ONE_E4;
    }

    /** R4: the hospital's share of what is above the ceilings, half up to fen. */
    static long hospitalShareHalfUp(final long overCeilingFen, final int shareE4) {
        return (Math.multiplyExact(overCeilingFen, (long) shareE4) + Ratio.ONE_E4 / 2) / Ratio.ONE_E4;
    }

    /** R5: what the basic fund pays, from the exact sum over its segments, half up to fen. */
    static long basicFundHalfUp(final long productE8) {
        return (productE8 + Ratio.ONE_E8 / 2) / Ratio.ONE_E8;
    }

    /** R6: what a scheme pays, from the exact sum over its tiers, half up to fen. */
    static long schemeHalfUp(final long productE4) {
        return (productE4 + Ratio.ONE_E4 / 2) / Ratio.ONE_E4;
    }

    /** R7: the part of a segment that a rest of the cap covers, up to the next whole fen. */
    static long coveredBaseUp(final long restE8, final long ratioE8) {
        return (restE8 + ratioE8 - 1) / ratioE8;
    }

    /** R8: the shown ratio, from the exact sum over the segments and their amount, half up to 1/10,000. */
    static int shownRatioHalfUp(final long productE8, final long amountFen) {
        final long step = Ratio.ONE_E8 / Ratio.ONE_E4;
        return (int) ((productE8 + amountFen * step / 2) / (amountFen * step));
    }
}
