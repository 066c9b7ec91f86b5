package io.settlegate.protocol.crypto.lanes;

import io.settlegate.protocol.crypto.sm2.Sm2Field;

/**
 * Eight points, one in each lane, that sum up points of comb tables: the formulas, coordinates, and bounds of
 * {@code XyzzPoint}, which see. Two differences: V of a doubling is 4 Y^2, folded, since 2 Y is not carried and must not be
 * squared; and X - ZZ is carried before it is multiplied with X + ZZ.
 *
 * <p>One thread. The same steps in all lanes, whatever they hold; a lane whose ZZ is zero at the end met an exceptional
 * addition.
 */
final class LanePoint {
    private static final int X = 0;
    private static final int Y = LaneField.ELEMENT;
    private static final int ZZ = 2 * LaneField.ELEMENT;
    private static final int ZZZ = 3 * LaneField.ELEMENT;
    private static final int P = 4 * LaneField.ELEMENT;
    private static final int R = 5 * LaneField.ELEMENT;
    private static final int PP = 6 * LaneField.ELEMENT;
    private static final int PPP = 7 * LaneField.ELEMENT;
    private static final int Q = 8 * LaneField.ELEMENT;
    private static final int AFFINE_X = 9 * LaneField.ELEMENT;
    private static final int AFFINE_Y = 10 * LaneField.ELEMENT;
    private static final int ONE = 11 * LaneField.ELEMENT;
    private static final int ELEMENTS = 12;

    private static final int WORDS = 8;

    private final double[] m = new double[ELEMENTS * LaneField.ELEMENT];
    private final long[] t = new long[LaneField.ELEMENT];

    LanePoint() {
        final long[] one = Sm2Field.element();
        Sm2Field.one(one);
        for (int j = 0; j < Sm2Field.LIMBS; j++) {
            // Carried limbs from [0, 2^52) to [-2^51, 2^51)
            if (j < Sm2Field.LIMBS - 1 && one[j] >= 1L << (Sm2Field.LIMB_BITS - 1)) {
                one[j] -= 1L << Sm2Field.LIMB_BITS;
                one[j + 1]++;
            }
            for (int lane = 0; lane < LaneField.LANES; lane++) {
                m[ONE + j * LaneField.LANES + lane] = one[j];
            }
        }
    }

    /** Takes the points of a column: word w of lane i at 8 w + i, then the signs of the lanes. */
    private void loadAffine(final long[] words) {
        LaneField.unpack(m, AFFINE_X, words, 0);
        LaneField.unpack(m, AFFINE_Y, words, WORDS / 2 * LaneField.LANES);
        LaneField.flip(m, AFFINE_Y, words, WORDS * LaneField.LANES);
    }

    /** The lanes become the points given. */
    void set(final long[] words) {
        loadAffine(words);
        System.arraycopy(m, AFFINE_X, m, X, LaneField.ELEMENT);
        System.arraycopy(m, AFFINE_Y, m, Y, LaneField.ELEMENT);
        System.arraycopy(m, ONE, m, ZZ, LaneField.ELEMENT);
        System.arraycopy(m, ONE, m, ZZZ, LaneField.ELEMENT);
    }

    /** madd-2008-s. */
    void add(final long[] words) {
        loadAffine(words);
        LaneField.product(t, m, AFFINE_X, ZZ);
        LaneField.subtract(t, m, X);
        LaneField.carry(m, P, t);
        LaneField.product(t, m, AFFINE_Y, ZZZ);
        LaneField.subtract(t, m, Y);
        LaneField.carry(m, R, t);
        multiply(PP, P, P);
        multiply(PPP, P, PP);
        multiply(Q, X, PP);
        multiply(ZZ, ZZ, PP);
        multiply(ZZZ, ZZZ, PPP);
        LaneField.product(t, m, R, R);
        LaneField.subtract(t, m, PPP);
        LaneField.subtractTwice(t, m, Q);
        LaneField.fold(t);
        LaneField.carry(m, X, t);
        LaneField.sub(m, Q, Q, X);
        LaneField.productMinusProduct(t, m, R, Q, Y, PPP);
        LaneField.carry(m, Y, t);
    }

    /** dbl-2008-s-1: P is U = 2 Y, PP is V, PPP is W, Q is S, R is M. */
    void twice() {
        LaneField.add(m, P, Y, Y);
        LaneField.product(t, m, Y, Y);
        LaneField.quadruple(t);
        LaneField.fold(t);
        LaneField.carry(m, PP, t);
        multiply(PPP, PP, P);
        multiply(Q, X, PP);
        LaneField.spread(t, m, X);
        LaneField.subtract(t, m, ZZ);
        LaneField.carry(m, P, t);
        LaneField.add(m, R, X, ZZ);
        LaneField.product(t, m, P, R);
        LaneField.triple(t);
        LaneField.carry(m, R, t);
        LaneField.product(t, m, R, R);
        LaneField.subtractTwice(t, m, Q);
        LaneField.fold(t);
        LaneField.carry(m, X, t);
        LaneField.sub(m, Q, Q, X);
        LaneField.productMinusProduct(t, m, R, Q, PPP, Y);
        LaneField.carry(m, Y, t);
        multiply(ZZ, ZZ, PP);
        multiply(ZZZ, ZZZ, PPP);
    }

    private void multiply(final int out, final int a, final int b) {
        LaneField.product(t, m, a, b);
        LaneField.carry(m, out, t);
    }

    /** Takes the coordinates X and ZZ out of a lane. */
    void get(final int lane, final long[] x, final long[] zz) {
        for (int j = 0; j < Sm2Field.LIMBS; j++) {
            x[j] = (long) m[X + j * LaneField.LANES + lane];
            zz[j] = (long) m[ZZ + j * LaneField.LANES + lane];
        }
    }
}
