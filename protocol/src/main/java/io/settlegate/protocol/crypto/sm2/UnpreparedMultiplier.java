package io.settlegate.protocol.crypto.sm2;

/**
 * s G + t P for a point P without table: a window of width 5 for t (non-adjacent form, Hankerson et al., algorithm 3.36),
 * whose doublings the generator's comb joins at the end.
 *
 * <p>One thread. Not for secrets. The result may be degenerate, see {@link XyzzPoint}.
 */
final class UnpreparedMultiplier {
    private static final int WIDTH = 5;
    private static final int DIGITS = 257;

    /** P, 3 P, ... 15 P. */
    private final XyzzPoint[] odd = new XyzzPoint[1 << (WIDTH - 2)];

    private final XyzzPoint twice = new XyzzPoint();
    private final BatchInversion inversion = new BatchInversion(odd.length);
    private final CombMultiplier combs = new CombMultiplier();
    private final AffineKey key = new AffineKey();
    private final long[] negative = Sm2Field.element();
    private final byte[] digits = new byte[DIGITS];

    UnpreparedMultiplier() {
        for (int i = 0; i < odd.length; i++) {
            odd[i] = new XyzzPoint();
        }
    }

    void multiply(final XyzzPoint sum, final Equation equation, final byte[] encoded, final int offset) {
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
                final int column = columns - 1 - i;
                combs.addColumn(
                        sum, GeneratorTable.SHAPE, equation.generatorDigits, GeneratorTable.WORDS, 0, column, starts);
                starts = false;
            }
        }
    }

    private void addOdd(final XyzzPoint sum, final int digit, final boolean starts) {
        final XyzzPoint point = odd[Math.abs(digit) >> 1];
        Sm2Field.negateIf(negative, point.y, digit >> 31);
        if (starts) {
            sum.set(point.x, negative);
        } else {
            sum.add(point.x, negative);
        }
    }

    private void computeOddMultiples() {
        odd[0].set(key.x, key.y);
        twice.set(odd[0]);
        twice.twice();
        for (int i = 1; i < odd.length; i++) {
            odd[i].set(odd[i - 1]);
            odd[i].add(twice);
        }
        inversion.toAffine(odd, odd.length);
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
