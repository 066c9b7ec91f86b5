package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;

/**
 * The comb table of the generator G (GB/T 32918.5), shared by all verifiers and by signers that need not be regular. Built
 * when first asked for, some tens of milliseconds; immutable from then on.
 */
public final class GeneratorTable {
    /** Two tables of 4096 points, 512 KB: fits the second-level cache; 20 additions, and 9 doublings when used alone. */
    public static final CombShape SHAPE = new CombShape(13, 2, 10);

    static final long[] RECODING = SHAPE.recoding();
    public static final long[] WORDS = build(SHAPE);

    private GeneratorTable() {}

    static long[] build(final CombShape shape) {
        final CombTableBuilder builder = new CombTableBuilder(shape);
        final long[] words = new long[builder.words()];
        builder.build(words, x(), y());
        return words;
    }

    static long[] x() {
        return montgomery("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7");
    }

    static long[] y() {
        return montgomery("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0");
    }

    private static long[] montgomery(final String hex) {
        final long[] element = Sm2Field.limbs(new BigInteger(hex, 16));
        Sm2Field.toMontgomery(element, element);
        return element;
    }
}
