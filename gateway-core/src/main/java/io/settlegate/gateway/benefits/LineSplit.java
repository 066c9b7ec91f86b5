package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.Ratio;
import io.settlegate.protocol.Limits;

/**
 * Splits a line of a bill in four: fully self-paid, above the ceiling, first share, in policy. Share and ceiling are those of the place
 * of treatment on the day of the line. The fields hold the last line.
 *
 * <p>Owned by one thread. Allocates nothing.
 */
public final class LineSplit {
    public long ownpayFen;
    public long overlmtFen;
    public long preselfpayFen;
    public long inscpFen;

    /**
     * @param ceilingE6 the price ceiling; 0 is none.
     * @param firstShareE4 selfpay_prop, looked at for class 乙 only.
     */
    public Verdict split(
            final long amountFen,
            final long pricE6,
            final long cntE4,
            final ItemClass itemClass,
            final int firstShareE4,
            final long ceilingE6) {
        ownpayFen = 0;
        overlmtFen = 0;
        preselfpayFen = 0;
        inscpFen = 0;
        if (!isWithin(amountFen, Limits.MAX_AMOUNT_FEN)
                || !isWithin(pricE6, Limits.MAX_PRIC_E6)
                || !isWithin(cntE4, Limits.MAX_CNT_E4)
                || ceilingE6 < 0
                || ceilingE6 > Limits.MAX_PRIC_E6
                || firstShareE4 < 0
                || firstShareE4 > Ratio.ONE_E4) {
            return Verdict.AMOUNT_OUT_OF_RANGE;
        }
        if (amountFen != Rounding.lineAmountHalfUp(pricE6, cntE4)) {
            return Verdict.LINE_AMOUNT_WRONG;
        }
        if (itemClass == ItemClass.C) {
            ownpayFen = amountFen;
            return Verdict.OK;
        }
        if (ceilingE6 > 0 && pricE6 > ceilingE6) {
            overlmtFen = amountFen - Rounding.lineAmountHalfUp(ceilingE6, cntE4);
        }
        final long rest = amountFen - overlmtFen;
        preselfpayFen = itemClass == ItemClass.B ? Rounding.firstShareHalfUp(rest, firstShareE4) : 0;
        inscpFen = rest - preselfpayFen;
        return Verdict.OK;
    }

    private static boolean isWithin(final long value, final long most) {
        return value > 0 && value <= most;
    }
}
