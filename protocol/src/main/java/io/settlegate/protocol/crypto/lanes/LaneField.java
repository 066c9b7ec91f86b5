package io.settlegate.protocol.crypto.lanes;

import io.settlegate.protocol.crypto.sm2.Sm2Field;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The field of sm2p256v1 (see {@link Sm2Field}) for eight elements at once, one in each lane.
 *
 * <p><b>Form.</b> Five signed limbs of 52 bits, R = 2^260, as in scalar code, but the limbs are kept as {@code double}s: a
 * fused multiply-add of doubles is the widest product that the vector unit has for everyone. Elements lie in an array
 * {@code m} at an offset, limb j of lane i at offset + 8 j + i. "Carried" means limbs 0 to 3 in [-2^51, 2^51), and
 * limb 4 below 2^51.
 *
 * <p><b>Exact products</b> (after Emmart, Zheng, Weems 2018, adapted to rounding to nearest). For |a b| &lt;= 2^103:
 *
 * <pre>
 *   h = fma(-a, b, -1.5 2^104)                    = -(1.5 2^104 + H 2^52), H = a b / 2^52 rounded to nearest,
 *                                                   as doubles from 2^104 to 2^105 are 2^52 apart
 *   g = fma(1.5 2^52, 2^52 + 1, h)                = 1.5 2^52 - H 2^52, exact
 *   l = fma(a, b, g)                              = 1.5 2^52 + L, L = a b - H 2^52 in [-2^51, 2^51], exact
 * </pre>
 *
 * Within such a range a double's bits count up with its value, so adding the bits of h and l as longs adds H and L; what the
 * constants contribute to each column is taken off beforehand ({@link #COLUMN_BIAS}).
 *
 * <p><b>Bounds.</b> A factor is carried, or the other one is carried and this one a sum or difference of two carried ones: then
 * |a b| &lt;= 2^51 2^52. Columns have at most 20 terms of 2^51, and the reduction adds less than 2^57, so nothing nears 2^63.
 * A product leaves five columns in {@code t}; one of the methods below carries them into an element.
 *
 * <p>Stateless. No method is longer than the compilers take (C1 gives up above some 2,300 bytecodes of vector code), and none
 * returns or takes a vector, so that nothing is boxed when a call is not inlined.
 */
final class LaneField {
    static final int LANES = 8;

    /** Doubles of an element. */
    static final int ELEMENT = Sm2Field.LIMBS * LANES;

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_512;
    private static final VectorSpecies<Long> L = LongVector.SPECIES_512;

    private static final int J1 = LANES;
    private static final int J2 = 2 * LANES;
    private static final int J3 = 3 * LANES;
    private static final int J4 = 4 * LANES;

    private static final double MINUS_HIGH = -0x1.8p104;
    private static final double LOW = 0x1.8p52;
    private static final double LOW_COFACTOR = 0x1p52 + 1;
    private static final long MINUS_HIGH_BITS = Double.doubleToRawLongBits(MINUS_HIGH);
    private static final long LOW_BITS = Double.doubleToRawLongBits(LOW);

    /** Or-ed to a number below 2^52 gives the double 2^52 + number. */
    private static final long EXPONENT = Double.doubleToRawLongBits(0x1p52);

    private static final long MASK = Sm2Field.LIMB_MASK;
    private static final long HALF = 1L << (Sm2Field.LIMB_BITS - 1);
    private static final long TOP_HALF = 1L << 47;

    /** Per column of a product, what the constants of its terms add up to, negative: eight equal longs each. */
    private static final long[] COLUMN_BIAS = columnBias(1);

    /** The same for a * b + c * d. */
    private static final long[] DOUBLE_COLUMN_BIAS = columnBias(2);

    private LaneField() {}

    private static long[] columnBias(final int products) {
        final int columns = 2 * Sm2Field.LIMBS;
        final long[] bias = new long[columns * LANES];
        for (int column = 0; column < columns; column++) {
            final long value = -products * (terms(column) * LOW_BITS + terms(column - 1) * MINUS_HIGH_BITS);
            Arrays.fill(bias, column * LANES, (column + 1) * LANES, value);
        }
        return bias;
    }

    /** Pairs of limbs whose indexes add up to {@code column}. */
    private static int terms(final int column) {
        return Math.max(0, Math.min(column + 1, 2 * Sm2Field.LIMBS - 1 - column));
    }

    /** t = a * b / R, row by row with a Montgomery step after each. */
    static void product(final long[] t, final double[] m, final int a, final int b) {
        assert LaneBounds.areFactors(m, a, b);
        final DoubleVector b0 = DoubleVector.fromArray(D, m, b);
        final DoubleVector b1 = DoubleVector.fromArray(D, m, b + J1);
        final DoubleVector b2 = DoubleVector.fromArray(D, m, b + J2);
        final DoubleVector b3 = DoubleVector.fromArray(D, m, b + J3);
        final DoubleVector b4 = DoubleVector.fromArray(D, m, b + J4);
        final DoubleVector high = DoubleVector.broadcast(D, MINUS_HIGH);
        final DoubleVector low = DoubleVector.broadcast(D, LOW);
        final DoubleVector cofactor = DoubleVector.broadcast(D, LOW_COFACTOR);
        final LongVector mask = LongVector.broadcast(L, MASK);
        LongVector t0 = LongVector.fromArray(L, COLUMN_BIAS, 0);
        LongVector t1 = LongVector.fromArray(L, COLUMN_BIAS, J1);
        LongVector t2 = LongVector.fromArray(L, COLUMN_BIAS, J2);
        LongVector t3 = LongVector.fromArray(L, COLUMN_BIAS, J3);
        LongVector t4 = LongVector.fromArray(L, COLUMN_BIAS, J4);
        LongVector lastV = LongVector.zero(L);
        for (int row = 0; row < ELEMENT; row += LANES) {
            final DoubleVector ai = DoubleVector.fromArray(D, m, a + row);
            final DoubleVector minus = ai.neg();
            LongVector t5 = LongVector.fromArray(L, COLUMN_BIAS, ELEMENT + row);
            DoubleVector h = minus.fma(b0, high);
            t0 = t0.add(ai.fma(b0, low.fma(cofactor, h)).reinterpretAsLongs());
            t1 = t1.add(h.reinterpretAsLongs());
            h = minus.fma(b1, high);
            t1 = t1.add(ai.fma(b1, low.fma(cofactor, h)).reinterpretAsLongs());
            t2 = t2.add(h.reinterpretAsLongs());
            h = minus.fma(b2, high);
            t2 = t2.add(ai.fma(b2, low.fma(cofactor, h)).reinterpretAsLongs());
            t3 = t3.add(h.reinterpretAsLongs());
            h = minus.fma(b3, high);
            t3 = t3.add(ai.fma(b3, low.fma(cofactor, h)).reinterpretAsLongs());
            t4 = t4.add(h.reinterpretAsLongs());
            h = minus.fma(b4, high);
            t4 = t4.add(ai.fma(b4, low.fma(cofactor, h)).reinterpretAsLongs());
            t5 = t5.add(h.reinterpretAsLongs());
            // u, and -v above it, are q (2^12 - 2^44), see Sm2Field; v goes with the u of the next row
            final LongVector q = t0.and(mask);
            final LongVector v = q.sub(q.lanewise(VectorOperators.LSHR, 32)).lanewise(VectorOperators.LSHR, 8);
            final LongVector u = t0.sub(t0.lanewise(VectorOperators.LSHL, 32))
                    .lanewise(VectorOperators.LSHL, 12)
                    .add(v.lanewise(VectorOperators.LSHL, 52))
                    .sub(lastV);
            t0 = t1.add(t0.lanewise(VectorOperators.ASHR, 52)).add(u);
            t1 = t2;
            t2 = t3;
            t3 = t4.sub(u.lanewise(VectorOperators.LSHL, 4));
            t4 = t5;
            lastV = v;
        }
        t1 = t1.sub(lastV);
        t4 = t4.add(lastV.lanewise(VectorOperators.LSHL, 4));
        t0.intoArray(t, 0);
        t1.intoArray(t, J1);
        t2.intoArray(t, J2);
        t3.intoArray(t, J3);
        t4.intoArray(t, J4);
    }

    /** t = (a * b - c * d) / R. */
    static void productMinusProduct(
            final long[] t, final double[] m, final int a, final int b, final int c, final int d) {
        assert LaneBounds.areFactors(m, a, b) && LaneBounds.areFactors(m, c, d);
        final DoubleVector b0 = DoubleVector.fromArray(D, m, b);
        final DoubleVector b1 = DoubleVector.fromArray(D, m, b + J1);
        final DoubleVector b2 = DoubleVector.fromArray(D, m, b + J2);
        final DoubleVector b3 = DoubleVector.fromArray(D, m, b + J3);
        final DoubleVector b4 = DoubleVector.fromArray(D, m, b + J4);
        final DoubleVector d0 = DoubleVector.fromArray(D, m, d);
        final DoubleVector d1 = DoubleVector.fromArray(D, m, d + J1);
        final DoubleVector d2 = DoubleVector.fromArray(D, m, d + J2);
        final DoubleVector d3 = DoubleVector.fromArray(D, m, d + J3);
        final DoubleVector d4 = DoubleVector.fromArray(D, m, d + J4);
        final DoubleVector high = DoubleVector.broadcast(D, MINUS_HIGH);
        final DoubleVector low = DoubleVector.broadcast(D, LOW);
        final DoubleVector cofactor = DoubleVector.broadcast(D, LOW_COFACTOR);
        final LongVector mask = LongVector.broadcast(L, MASK);
        LongVector t0 = LongVector.fromArray(L, DOUBLE_COLUMN_BIAS, 0);
        LongVector t1 = LongVector.fromArray(L, DOUBLE_COLUMN_BIAS, J1);
        LongVector t2 = LongVector.fromArray(L, DOUBLE_COLUMN_BIAS, J2);
        LongVector t3 = LongVector.fromArray(L, DOUBLE_COLUMN_BIAS, J3);
        LongVector t4 = LongVector.fromArray(L, DOUBLE_COLUMN_BIAS, J4);
        LongVector lastV = LongVector.zero(L);
        for (int row = 0; row < ELEMENT; row += LANES) {
            final DoubleVector ai = DoubleVector.fromArray(D, m, a + row);
            final DoubleVector minus = ai.neg();
            final DoubleVector ci = DoubleVector.fromArray(D, m, c + row);
            final DoubleVector minusC = ci.neg();
            LongVector t5 = LongVector.fromArray(L, DOUBLE_COLUMN_BIAS, ELEMENT + row);
            DoubleVector h = minus.fma(b0, high);
            DoubleVector g = ci.fma(d0, high);
            t0 = t0.add(ai.fma(b0, low.fma(cofactor, h)).reinterpretAsLongs());
            t0 = t0.add(minusC.fma(d0, low.fma(cofactor, g)).reinterpretAsLongs());
            t1 = t1.add(h.reinterpretAsLongs()).add(g.reinterpretAsLongs());
            h = minus.fma(b1, high);
            g = ci.fma(d1, high);
            t1 = t1.add(ai.fma(b1, low.fma(cofactor, h)).reinterpretAsLongs());
            t1 = t1.add(minusC.fma(d1, low.fma(cofactor, g)).reinterpretAsLongs());
            t2 = t2.add(h.reinterpretAsLongs()).add(g.reinterpretAsLongs());
            h = minus.fma(b2, high);
            g = ci.fma(d2, high);
            t2 = t2.add(ai.fma(b2, low.fma(cofactor, h)).reinterpretAsLongs());
            t2 = t2.add(minusC.fma(d2, low.fma(cofactor, g)).reinterpretAsLongs());
            t3 = t3.add(h.reinterpretAsLongs()).add(g.reinterpretAsLongs());
            h = minus.fma(b3, high);
            g = ci.fma(d3, high);
            t3 = t3.add(ai.fma(b3, low.fma(cofactor, h)).reinterpretAsLongs());
            t3 = t3.add(minusC.fma(d3, low.fma(cofactor, g)).reinterpretAsLongs());
            t4 = t4.add(h.reinterpretAsLongs()).add(g.reinterpretAsLongs());
            h = minus.fma(b4, high);
            g = ci.fma(d4, high);
            t4 = t4.add(ai.fma(b4, low.fma(cofactor, h)).reinterpretAsLongs());
            t4 = t4.add(minusC.fma(d4, low.fma(cofactor, g)).reinterpretAsLongs());
            t5 = t5.add(h.reinterpretAsLongs()).add(g.reinterpretAsLongs());
            final LongVector q = t0.and(mask);
            final LongVector v = q.sub(q.lanewise(VectorOperators.LSHR, 32)).lanewise(VectorOperators.LSHR, 8);
            final LongVector u = t0.sub(t0.lanewise(VectorOperators.LSHL, 32))
                    .lanewise(VectorOperators.LSHL, 12)
                    .add(v.lanewise(VectorOperators.LSHL, 52))
                    .sub(lastV);
            t0 = t1.add(t0.lanewise(VectorOperators.ASHR, 52)).add(u);
            t1 = t2;
            t2 = t3;
            t3 = t4.sub(u.lanewise(VectorOperators.LSHL, 4));
            t4 = t5;
            lastV = v;
        }
        t1 = t1.sub(lastV);
        t4 = t4.add(lastV.lanewise(VectorOperators.LSHL, 4));
        t0.intoArray(t, 0);
        t1.intoArray(t, J1);
        t2.intoArray(t, J2);
        t3.intoArray(t, J3);
        t4.intoArray(t, J4);
    }

    /** out = t, carried. */
    static void carry(final double[] m, final int out, final long[] t) {
        final LongVector mask = LongVector.broadcast(L, MASK);
        final LongVector exponent = LongVector.broadcast(L, EXPONENT);
        final DoubleVector low = DoubleVector.broadcast(D, LOW);
        LongVector c = LongVector.fromArray(L, t, 0).add(HALF);
        c.and(mask).or(exponent).reinterpretAsDoubles().sub(low).intoArray(m, out);
        c = LongVector.fromArray(L, t, J1).add(HALF).add(c.lanewise(VectorOperators.ASHR, 52));
        c.and(mask).or(exponent).reinterpretAsDoubles().sub(low).intoArray(m, out + J1);
        c = LongVector.fromArray(L, t, J2).add(HALF).add(c.lanewise(VectorOperators.ASHR, 52));
        c.and(mask).or(exponent).reinterpretAsDoubles().sub(low).intoArray(m, out + J2);
        c = LongVector.fromArray(L, t, J3).add(HALF).add(c.lanewise(VectorOperators.ASHR, 52));
        c.and(mask).or(exponent).reinterpretAsDoubles().sub(low).intoArray(m, out + J3);
        c = LongVector.fromArray(L, t, J4).add(LOW_BITS).add(c.lanewise(VectorOperators.ASHR, 52));
        c.reinterpretAsDoubles().sub(low).intoArray(m, out + J4);
    }

    /** t = t - a; a carried. */
    static void subtract(final long[] t, final double[] m, final int a) {
        for (int j = 0; j < ELEMENT; j += LANES) {
            final LongVector bits = DoubleVector.fromArray(D, m, a + j)
                    .add(LOW)
                    .reinterpretAsLongs()
                    .sub(LOW_BITS);
            LongVector.fromArray(L, t, j).sub(bits).intoArray(t, j);
        }
    }

    /** t = t - 2 a; a carried. */
    static void subtractTwice(final long[] t, final double[] m, final int a) {
        for (int j = 0; j < ELEMENT; j += LANES) {
            final LongVector bits = DoubleVector.fromArray(D, m, a + j)
                    .add(LOW)
                    .reinterpretAsLongs()
                    .sub(LOW_BITS);
            LongVector.fromArray(L, t, j).sub(bits).sub(bits).intoArray(t, j);
        }
    }

    /** t = t * 3. */
    static void triple(final long[] t) {
        for (int j = 0; j < ELEMENT; j += LANES) {
            final LongVector v = LongVector.fromArray(L, t, j);
            v.add(v).add(v).intoArray(t, j);
        }
    }

    /** t = t * 4. */
    static void quadruple(final long[] t) {
        for (int j = 0; j < ELEMENT; j += LANES) {
            LongVector.fromArray(L, t, j).lanewise(VectorOperators.LSHL, 2).intoArray(t, j);
        }
    }

    /** Takes off the multiple of p that limb 4 shows: |t| becomes 0.51 * 2^256 at most. See {@link Sm2Field}. */
    static void fold(final long[] t) {
        final LongVector t4 = LongVector.fromArray(L, t, J4);
        final LongVector h = t4.add(TOP_HALF).lanewise(VectorOperators.ASHR, 48);
        LongVector.fromArray(L, t, 0).add(h).intoArray(t, 0);
        LongVector.fromArray(L, t, J1)
                .add(h.lanewise(VectorOperators.LSHL, 44))
                .sub(h.lanewise(VectorOperators.LSHL, 12))
                .intoArray(t, J1);
        t4.add(h.lanewise(VectorOperators.LSHL, 16))
                .sub(h.lanewise(VectorOperators.LSHL, 48))
                .intoArray(t, J4);
    }

    /** t = a; a carried. */
    static void spread(final long[] t, final double[] m, final int a) {
        for (int j = 0; j < ELEMENT; j += LANES) {
            DoubleVector.fromArray(D, m, a + j)
                    .add(LOW)
                    .reinterpretAsLongs()
                    .sub(LOW_BITS)
                    .intoArray(t, j);
        }
    }

    /** out = a + b, not carried. */
    static void add(final double[] m, final int out, final int a, final int b) {
        for (int j = 0; j < ELEMENT; j += LANES) {
            DoubleVector.fromArray(D, m, a + j)
                    .add(DoubleVector.fromArray(D, m, b + j))
                    .intoArray(m, out + j);
        }
    }

    /** out = a - b, not carried. */
    static void sub(final double[] m, final int out, final int a, final int b) {
        for (int j = 0; j < ELEMENT; j += LANES) {
            DoubleVector.fromArray(D, m, a + j)
                    .sub(DoubleVector.fromArray(D, m, b + j))
                    .intoArray(m, out + j);
        }
    }

    /**
     * out = a coordinate of packed points, carried; {@code words} holds word w of lane i at offset + 8 w + i. See
     * {@code PackedPoints}.
     */
    static void unpack(final double[] m, final int out, final long[] words, final int offset) {
        final LongVector mask = LongVector.broadcast(L, MASK);
        final LongVector exponent = LongVector.broadcast(L, EXPONENT);
        final DoubleVector low = DoubleVector.broadcast(D, LOW);
        LongVector top = exponent;
        for (int i = 0; i < 4; i++) {
            final LongVector w = LongVector.fromArray(L, words, offset + i * LANES);
            w.and(mask).or(exponent).reinterpretAsDoubles().sub(low).intoArray(m, out + i * LANES);
            top = top.or(w.lanewise(VectorOperators.LSHR, 52).lanewise(VectorOperators.LSHL, 12L * i));
        }
        top.reinterpretAsDoubles().sub(0x1p52).intoArray(m, out + J4);
    }

    /** Flips the sign of a in the lanes whose {@code signs} is {@link Long#MIN_VALUE}, and leaves those where it is 0. */
    static void flip(final double[] m, final int a, final long[] signs, final int offset) {
        final LongVector sign = LongVector.fromArray(L, signs, offset);
        for (int j = 0; j < ELEMENT; j += LANES) {
            DoubleVector.fromArray(D, m, a + j)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsDoubles()
                    .intoArray(m, a + j);
        }
    }
}
