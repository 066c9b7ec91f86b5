package io.settlegate.gateway.inspection;

import java.math.BigDecimal;

/** Amounts, prices, counts, and ratios as they are shown. No state. */
public final class Yuan {
    private static final int FEN_PLACES = 2;
    private static final int E4_PLACES = 4;
    private static final int E6_PLACES = 6;
    private static final int GROUP = 3;

    private Yuan() {}

    /** Two decimals. */
    public static String of(final long amountFen) {
        return BigDecimal.valueOf(amountFen, FEN_PLACES).toPlainString();
    }

    /** Two decimals, thousands apart by commas, as on paper: 1,234,567.89. */
    public static String grouped(final long amountFen) {
        final String plain = of(amountFen);
        final int first = plain.charAt(0) == '-' ? 1 : 0;
        final StringBuilder text = new StringBuilder(plain);
        for (int i = plain.indexOf('.') - GROUP; i > first; i -= GROUP) {
            text.insert(i, ',');
        }
        return text.toString();
    }

    /** At least two decimals. */
    public static String price(final long priceE6) {
        return atLeastTwo(BigDecimal.valueOf(priceE6, E6_PLACES));
    }

    /** As many decimals as it has, at least two. */
    public static String atLeastTwo(final BigDecimal value) {
        final BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < FEN_PLACES ? stripped.setScale(FEN_PLACES).toPlainString() : stripped.toPlainString();
    }

    /** A ratio or a count, with as many decimals as it has. */
    public static String e4(final long value) {
        return value == 0
                ? "0"
                : BigDecimal.valueOf(value, E4_PLACES).stripTrailingZeros().toPlainString();
    }
}
