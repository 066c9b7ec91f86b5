package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;

/** Scalars that lead the sum of combs into an exceptional addition. */
public final class ExceptionalScalars {
    private ExceptionalScalars() {}

    /** What s G + t P comes to, as a multiple of G, when its last addition is exceptional: twice the last point, or nothing. */
    static BigInteger sum(final BigInteger s, final int kind) {
        final CombShape shape = GeneratorTable.SHAPE;
        final int[] digits = CombTest.digits(shape, s);
        final int last = digits[digits.length - 1];
        final BigInteger term = CombTest.multiple(shape, shape.tables() - 1, last >>> 1);
        final BigInteger point = (last & 1) == 0 ? term : term.negate();
        return (kind & 1) == 0 ? point.shiftLeft(1) : BigInteger.ZERO;
    }

    /** The r of a signature with this s under the private key d; an even kind doubles, an odd one meets the inverse. */
    public static BigInteger r(final BigInteger d, final BigInteger s, final int kind) {
        final BigInteger t =
                sum(s, kind).subtract(s).multiply(d.modInverse(Sm2Order.N)).mod(Sm2Order.N);
        return t.subtract(s).mod(Sm2Order.N);
    }
}
