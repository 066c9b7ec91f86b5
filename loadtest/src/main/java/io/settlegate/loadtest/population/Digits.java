package io.settlegate.loadtest.population;

import java.util.SplittableRandom;

/** Decimal digits of fixed width. */
final class Digits {
    private static final int TEN = 10;

    private Digits() {}

    static String padded(final long value, final int width) {
        final char[] digits = new char[width];
        long rest = value;
        for (int i = width - 1; i >= 0; i--) {
            digits[i] = (char) ('0' + rest % TEN);
            rest /= TEN;
        }
        if (rest != 0) {
            throw new IllegalArgumentException(value + " has more than " + width + " digits");
        }
        return new String(digits);
    }

    static String random(final SplittableRandom random, final int width) {
        final char[] digits = new char[width];
        for (int i = 0; i < width; i++) {
            digits[i] = (char) ('0' + random.nextInt(TEN));
        }
        return new String(digits);
    }
}
