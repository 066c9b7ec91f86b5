package io.settlegate.gateway.activity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A part of a whole. Compared exactly; rounded half up where it is shown.
 *
 * @param part not more than the whole.
 * @param whole 0 where there is nothing to be a part of.
 */
record Rate(long part, long whole) {
    private static final int SHOWN_DECIMALS = 2;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Two decimals, in per cent, without the sign; empty of nothing. */
    String percent() {
        return whole == 0
                ? ""
                : BigDecimal.valueOf(part)
                        .multiply(HUNDRED)
                        .divide(BigDecimal.valueOf(whole), SHOWN_DECIMALS, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    /** Whether it is at least so many per cent. Nothing reaches no target. */
    boolean reaches(final BigDecimal targetPercent) {
        return whole > 0
                && BigDecimal.valueOf(part)
                                .multiply(HUNDRED)
                                .compareTo(targetPercent.multiply(BigDecimal.valueOf(whole)))
                        >= 0;
    }
}
