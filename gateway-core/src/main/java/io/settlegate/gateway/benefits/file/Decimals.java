package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.Money;
import java.math.BigDecimal;

/** Decimal text to scaled whole numbers and back. Stateless. */
public final class Decimals {
    private static final int MOST_DIGITS = 12;

    private Decimals() {}

    /** A plain decimal without sign or exponent; -1 where it is none or has more places. */
    static long parse(final String text, final int places) {
        if (!text.matches("[0-9]{1," + MOST_DIGITS + "}(\\.[0-9]{1," + Math.max(1, places) + "})?")
                || (places == 0 && text.indexOf('.') >= 0)) {
            return -1;
        }
        return new BigDecimal(text).movePointRight(places).longValueExact();
    }

    static String text(final long scaled, final int places) {
        final BigDecimal value = BigDecimal.valueOf(scaled, places).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0).toPlainString() : value.toPlainString();
    }

    /** An amount in yuan, or {@code none}. */
    public static String yuan(final long amountFen) {
        return amountFen == Money.UNLIMITED_FEN
                ? "none"
                : BigDecimal.valueOf(amountFen, 2).toPlainString();
    }

    /** A ratio in 1/10,000 as a decimal. */
    public static String ratio(final long ratioE4) {
        return text(ratioE4, 4);
    }
}
