package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The additions by which a path comes from nothing to s G + t P, each as a G + b P, so that a key can be found for which one of
 * them adds a point to itself or to its inverse. Follows the order in which the paths add.
 */
final class SumSteps {
    private static final BigInteger N = Sm2Order.N;

    /** The sum a G + b P meets the point pointA G + pointB P. */
    record Addition(BigInteger a, BigInteger b, BigInteger pointA, BigInteger pointB) {
        /**
         * The private key under which the sum is the point (sign 1) or its inverse (sign -1); null if there is none, or if it takes
         * another s or t and not another key.
         */
        BigInteger exceptionalKey(final int sign) {
            final BigInteger factor = BigInteger.valueOf(sign);
            final BigInteger keyPart = b.subtract(pointB.multiply(factor)).mod(N);
            final BigInteger generatorPart = pointA.multiply(factor).subtract(a).mod(N);
            return keyPart.signum() == 0 || generatorPart.signum() == 0
                    ? null
                    : generatorPart.multiply(keyPart.modInverse(N)).mod(N);
        }
    }

    private final List<Addition> additions = new ArrayList<>();
    private final int[] generatorDigits;
    private BigInteger a = BigInteger.ZERO;
    private BigInteger b = BigInteger.ZERO;

    private SumSteps(final BigInteger s) {
        generatorDigits = CombTest.digits(GeneratorTable.SHAPE, s);
    }

    /** A key with a comb table, in scalar code and in lanes. */
    static List<Addition> byCombs(final BigInteger s, final BigInteger t) {
        final SumSteps steps = new SumSteps(s);
        final CombShape shape = Equation.KEY_SHAPE;
        final int[] digits = CombTest.digits(shape, t);
        for (int column = 0; column < shape.spacing(); column++) {
            steps.twice();
            for (int table = 0; table < shape.tables(); table++) {
                steps.add(BigInteger.ZERO, point(shape, table, digits[column * shape.tables() + table]));
            }
            steps.addGenerator(column - shape.spacing() + GeneratorTable.SHAPE.spacing());
        }
        return steps.additions;
    }

    /** A key without, in lanes: 65 odd digits of four bits. */
    static List<Addition> byWindows(final BigInteger s, final BigInteger t) {
        final SumSteps steps = new SumSteps(s);
        final int bits = WindowTables.WINDOW_BITS;
        final BigInteger all =
                BigInteger.ONE.shiftLeft(WindowTables.DIGITS * bits).subtract(BigInteger.ONE);
        final BigInteger m =
                t.add(all).mod(N).multiply(BigInteger.TWO.modInverse(N)).mod(N);
        for (int i = (WindowTables.DIGITS - 1) * bits; i >= 0; i--) {
            steps.twice();
            if (i % bits == 0) {
                final long digit = 2 * (m.shiftRight(i).longValue() & 15) - 15;
                steps.add(BigInteger.ZERO, BigInteger.valueOf(digit));
            }
            steps.addGenerator(GeneratorTable.SHAPE.spacing() - 1 - i);
        }
        return steps.additions;
    }

    /** A key without, in scalar code: the non-adjacent form of width 5. */
    static List<Addition> byNonAdjacentForm(final BigInteger s, final BigInteger t) {
        final List<Integer> digits = new ArrayList<>();
        for (BigInteger rest = t; rest.signum() > 0; rest = rest.shiftRight(1)) {
            int digit = 0;
            if (rest.testBit(0)) {
                final int window = rest.intValue() & 31;
                digit = window < 16 ? window : window - 32;
                rest = rest.subtract(BigInteger.valueOf(digit));
            }
            digits.add(digit);
        }
        final SumSteps steps = new SumSteps(s);
        for (int i = digits.size() - 1; i >= 0; i--) {
            steps.twice();
            if (digits.get(i) != 0) {
                steps.add(BigInteger.ZERO, BigInteger.valueOf(digits.get(i)));
            }
            steps.addGenerator(GeneratorTable.SHAPE.spacing() - 1 - i);
        }
        return steps.additions;
    }

    private void addGenerator(final int column) {
        final CombShape shape = GeneratorTable.SHAPE;
        for (int table = 0; column >= 0 && table < shape.tables(); table++) {
            add(point(shape, table, generatorDigits[column * shape.tables() + table]), BigInteger.ZERO);
        }
    }

    private static BigInteger point(final CombShape shape, final int table, final int digit) {
        final BigInteger multiple = CombTest.multiple(shape, table, digit >>> 1);
        return (digit & 1) == 0 ? multiple : multiple.negate();
    }

    private void twice() {
        a = a.shiftLeft(1);
        b = b.shiftLeft(1);
    }

    private void add(final BigInteger pointA, final BigInteger pointB) {
        if (a.signum() != 0 || b.signum() != 0) {
            additions.add(new Addition(a, b, pointA, pointB));
        }
        a = a.add(pointA);
        b = b.add(pointB);
    }
}
