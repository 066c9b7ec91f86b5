package io.settlegate.protocol.crypto.sm2;

/**
 * s G + t P for a point P without table: a window of width 5 for t (non-adjacent form, Hankerson et al., algorithm 3.36),
 * whose doublings the generator's comb joins at the end.
 *
 * <p>One thread. Not for secrets. The result may be degenerate, see {@link JacobianPoint}.
 */
final class UnpreparedMultiplier {
    private static final int WIDTH = 5;
    private static final int DIGITS = 257;

    /** P, 3 P, ... 15 P. */
    private final JacobianPoint[] odd = new JacobianPoint[1 << (WIDTH - 2)];

    private final JacobianPoint twice = new JacobianPoint();
    private final CombMultiplier combs = new CombMultiplier();
    private final AffineKey key = new AffineKey();
    private final byte[] digits = new byte[DIGITS];

    UnpreparedMultiplier() {
        for (int i = 0; i < odd.length; i++) {
            odd[i] = new JacobianPoint();
        }
    }

    /** The sum is expanded. */
    void multiply(final JacobianPoint sum, final Equation equation, final byte[] encoded, final int offset) {
        key.set(encoded, offset);
        computeOddMultiples();
        computeDigits(equation.t);
        final int columns = GeneratorTable.SHAPE.spacing();
        boolean starts = true;
        for (int i = DIGITS - 1; i >= 0; i--) {
            if (!starts) {
                sum.twice();
            }
            if (digits[i] != 0) {
                addOdd(sum, digits[i], starts);
                starts = false;
            }
            if (i < columns) {
                addGeneratorPoints(sum, equation, columns - 1 - i, starts);
                starts = false;
            }
        }
        sum.expand();
    }

    private void addGeneratorPoints(
            final JacobianPoint sum, final Equation equation, final int column, final boolean starts) {
        for (int table = 0; table < GeneratorTable.SHAPE.tables(); table++) {
            combs.load(GeneratorTable.SHAPE, equation.generatorDigits, GeneratorTable.WORDS, 0, column, table);
            if (starts && table == 0) {
                sum.set(combs.x, combs.y);
            } else {
                sum.add(combs.x, combs.y);
            }
        }
    }

    private void addOdd(final JacobianPoint sum, final int digit, final boolean starts) {
        final JacobianPoint point = odd[Math.abs(digit) >> 1];
        if (starts) {
            // The highest digit is positive.
            sum.set(point);
        } else {
            sum.add(point, digit >> 31);
        }
    }

    /** Not made affine: an inversion costs more than the {@code z} of some 43 additions. */
    private void computeOddMultiples() {
        odd[0].set(key.x, key.y);
        odd[0].expand();
        twice.set(odd[0]);
        twice.twice();
        twice.expand();
        for (int i = 1; i < odd.length; i++) {
            odd[i].set(odd[i - 1]);
            odd[i].add(twice, 0);
            odd[i].expand();
        }
    }

    /** Digits are zero, or odd and below 16 in magnitude; at most one of five in a row is not zero. */
    private void computeDigits(final long[] scalar) {
        java.util.Arrays.fill(digits, (byte) 0);
        int carry = 0;
        int position = 0;
        while (position < DIGITS) {
            final int bit = bits(scalar, position, 1);
            if (bit == carry) {
                position++;
                continue;
            }
            final int window = bits(scalar, position, WIDTH) + carry;
            carry = window >> (WIDTH - 1);
            digits[position] = (byte) (window - (carry << WIDTH));
            position += WIDTH;
        }
    }

    private static int bits(final long[] words, final int position, final int count) {
        final int word = position >> 6;
        if (word >= Sm2Order.WORDS) {
            return 0;
        }
        final int shift = position & 63;
        final long low = words[word] >>> shift;
        final long high = word + 1 < Sm2Order.WORDS ? (words[word + 1] << 1) << (63 - shift) : 0;
        return (int) (low | high) & ((1 << count) - 1);
    }
}
