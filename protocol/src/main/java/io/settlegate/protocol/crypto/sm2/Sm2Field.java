package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;

/**
 * The field modulo p = 2^256 - 2^224 - 2^96 + 2^64 - 1 (GB/T 32918.5), in scalar code.
 *
 * <p><b>Form.</b> An element is an array of {@value #LIMBS} signed limbs; its value is the sum of limb[i] * 2^(52 i), and
 * is known modulo p only. Products are in Montgomery form with R = 2^260. Sums and differences are made limb by limb and
 * not reduced at all; a product reduces, so the next product takes what a few sums have left.
 *
 * <p><b>Bounds.</b> "Carried" means limbs 0 to 3 in [0, 2^52), which is what a product gives. A product takes limbs below 2^55
 * such that no product of two limbs exceeds 2^{@value #PRODUCT_BITS_BOUND} in magnitude. The <i>value</i> of a * b becomes
 * (a * b + q * p) / R with 0 &lt;= q &lt; R, hence lies in [-|ab| / R, |ab| / R + p). In units of 2^256, where R = 16:
 * factors up to 4 give a result in [-1, 2).
 *
 * <p><b>Product.</b> A column S, a sum of at most ten products of limbs, is needed as S = H 2^52 + L, and any H will do that leaves a
 * small L. So H is computed in doubles, and L = S - H 2^52 modulo 2^64 in longs. Error of H 2^52: each product has three
 * roundings at most (two conversions, and its own unless it is fused with the sum), together at most
 * 10 * 3 * 2^-53 * 2^109 &lt; 2^61; the sums of 2 to 10 terms have one each, together at most
 * (2 + ... + 10) * 2^-53 * 2^109 &lt; 2^61.8; the cast to long at most 2^52. So |L| &lt; 2^62.5 and |H| &lt; 2^60.4, and a
 * column of the reduction, L + H and less than 2^58 more, stays below 2^63.
 * This takes half as many integer products as {@code Math.multiplyHigh} would, and no two-register results.
 *
 * <p><b>Reduction.</b> p is -1 modulo 2^52, so q is the lowest limb itself, and adding q p means adding
 * q (p + 1) = q (2^64 - 2^96) + q (2^256 - 2^224). With u = q (2^12 - 2^44) this is u 2^52 - 16 u 2^208. Of u, again, any high
 * half will do: v = (q - q / 2^32) / 2^8, both rounded down, is -u / 2^52 within one, and u + v 2^52 is exact modulo 2^64.
 *
 * <p>Stateless. No branch and no index depends on a value, but in {@link #isZero}, {@link #canonical}.
 */
public final class Sm2Field {
    public static final int LIMBS = 5;
    public static final int LIMB_BITS = 52;
    public static final long LIMB_MASK = (1L << LIMB_BITS) - 1;

    /** Limbs of a factor stay below two to this power. */
    static final int LIMB_BITS_BOUND = 55;

    /** Products of limbs stay below two to this power. */
    static final int PRODUCT_BITS_BOUND = 109;

    private static final double LIMB_INVERSE = 0x1p-52;
    private static final long STEP = (1L << 12) - (1L << 44);
    private static final boolean IS_FUSED = FusedProducts.areNative();

    static final BigInteger P = new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF", 16);
    static final BigInteger R = BigInteger.ONE.shiftLeft(LIMBS * LIMB_BITS);

    private static final int TOP_BITS = 256 - (LIMBS - 1) * LIMB_BITS;
    private static final long TOP_HALF = 1L << (TOP_BITS - 1);
    private static final long[] P_LIMBS = limbs(P);
    private static final long[] R_SQUARED = limbs(R.multiply(R).mod(P));
    private static final long[] ONE = limbs(R.mod(P));
    private static final long[] PLAIN_ONE = limbs(BigInteger.ONE);

    private Sm2Field() {}

    public static long[] element() {
        return new long[LIMBS];
    }

    static void copy(final long[] out, final long[] a) {
        System.arraycopy(a, 0, out, 0, LIMBS);
    }

    /** One in Montgomery form. */
    public static void one(final long[] out) {
        copy(out, ONE);
    }

    static void add(final long[] out, final long[] a, final long[] b) {
        out[0] = a[0] + b[0];
        out[1] = a[1] + b[1];
        out[2] = a[2] + b[2];
        out[3] = a[3] + b[3];
        out[4] = a[4] + b[4];
    }

    static void sub(final long[] out, final long[] a, final long[] b) {
        out[0] = a[0] - b[0];
        out[1] = a[1] - b[1];
        out[2] = a[2] - b[2];
        out[3] = a[3] - b[3];
        out[4] = a[4] - b[4];
    }

    /** out = a * factor for a small factor: no reduction. */
    static void scale(final long[] out, final long[] a, final long factor) {
        out[0] = a[0] * factor;
        out[1] = a[1] * factor;
        out[2] = a[2] * factor;
        out[3] = a[3] * factor;
        out[4] = a[4] * factor;
    }

    /** out = a if {@code mask} is 0, -a if it is -1. */
    static void negateIf(final long[] out, final long[] a, final long mask) {
        out[0] = (a[0] ^ mask) - mask;
        out[1] = (a[1] ^ mask) - mask;
        out[2] = (a[2] ^ mask) - mask;
        out[3] = (a[3] ^ mask) - mask;
        out[4] = (a[4] ^ mask) - mask;
    }

    /**
     * Brings the value into [-2^255 - 2^232, 2^255 + 2^232] for limbs below 2^59: takes off the multiple of p that the top
     * limb shows, as 2^256 = p + 2^224 + 2^96 - 2^64 + 1. Limbs grow by at most 2^(59 - 48 + 44) = 2^55; by 2^49 where
     * the value is below 2^261.
     */
    static void fold(final long[] a) {
        final long h = (a[4] + TOP_HALF) >> TOP_BITS;
        a[0] += h;
        a[1] += (h << 44) - (h << 12);
        a[4] += (h << 16) - (h << TOP_BITS);
    }

    static void mul(final long[] out, final long[] a, final long[] b) {
        assert areFactors(a, b);
        final long a0 = a[0];
        final long a1 = a[1];
        final long a2 = a[2];
        final long a3 = a[3];
        final long a4 = a[4];
        final long b0 = b[0];
        final long b1 = b[1];
        final long b2 = b[2];
        final long b3 = b[3];
        final long b4 = b[4];
        final double x0 = a0 * LIMB_INVERSE;
        final double x1 = a1 * LIMB_INVERSE;
        final double x2 = a2 * LIMB_INVERSE;
        final double x3 = a3 * LIMB_INVERSE;
        final double x4 = a4 * LIMB_INVERSE;
        final double y0 = b0;
        final double y1 = b1;
        final double y2 = b2;
        final double y3 = b3;
        final double y4 = b4;
        final long h0 = (long) (x0 * y0);
        final long h1 = (long) fma(x1, y0, x0 * y1);
        final long h2 = (long) fma(x2, y0, fma(x1, y1, x0 * y2));
        final long h3 = (long) fma(x3, y0, fma(x2, y1, fma(x1, y2, x0 * y3)));
        final long h4 = (long) fma(x4, y0, fma(x3, y1, fma(x2, y2, fma(x1, y3, x0 * y4))));
        final long h5 = (long) fma(x4, y1, fma(x3, y2, fma(x2, y3, x1 * y4)));
        final long h6 = (long) fma(x4, y2, fma(x3, y3, x2 * y4));
        final long h7 = (long) fma(x4, y3, x3 * y4);
        final long h8 = (long) (x4 * y4);
        reduce(
                out,
                a0 * b0 - (h0 << LIMB_BITS),
                a0 * b1 + a1 * b0 - (h1 << LIMB_BITS) + h0,
                a0 * b2 + a1 * b1 + a2 * b0 - (h2 << LIMB_BITS) + h1,
                a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (h3 << LIMB_BITS) + h2,
                a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (h4 << LIMB_BITS) + h3,
                a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 - (h5 << LIMB_BITS) + h4,
                a2 * b4 + a3 * b3 + a4 * b2 - (h6 << LIMB_BITS) + h5,
                a3 * b4 + a4 * b3 - (h7 << LIMB_BITS) + h6,
                a4 * b4 - (h8 << LIMB_BITS) + h7,
                h8);
    }

    static void square(final long[] out, final long[] a) {
        assert areFactors(a, a);
        final long a0 = a[0];
        final long a1 = a[1];
        final long a2 = a[2];
        final long a3 = a[3];
        final long a4 = a[4];
        final double x0 = a0 * LIMB_INVERSE;
        final double x1 = a1 * LIMB_INVERSE;
        final double x2 = a2 * LIMB_INVERSE;
        final double x3 = a3 * LIMB_INVERSE;
        final double x4 = a4 * LIMB_INVERSE;
        final double y0 = a0;
        final double y1 = a1;
        final double y2 = a2;
        final double y3 = a3;
        final double y4 = a4;
        final long d0 = a0 << 1;
        final double z0 = y0 + y0;
        final long d1 = a1 << 1;
        final double z1 = y1 + y1;
        final long d2 = a2 << 1;
        final double z2 = y2 + y2;
        final long d3 = a3 << 1;
        final double z3 = y3 + y3;
        final long h0 = (long) (x0 * y0);
        final long h1 = (long) (x1 * z0);
        final long h2 = (long) fma(x1, y1, x2 * z0);
        final long h3 = (long) fma(x2, z1, x3 * z0);
        final long h4 = (long) fma(x2, y2, fma(x3, z1, x4 * z0));
        final long h5 = (long) fma(x3, z2, x4 * z1);
        final long h6 = (long) fma(x3, y3, x4 * z2);
        final long h7 = (long) (x4 * z3);
        final long h8 = (long) (x4 * y4);
        reduce(
                out,
                a0 * a0 - (h0 << LIMB_BITS),
                a1 * d0 - (h1 << LIMB_BITS) + h0,
                a2 * d0 + a1 * a1 - (h2 << LIMB_BITS) + h1,
                a3 * d0 + a2 * d1 - (h3 << LIMB_BITS) + h2,
                a4 * d0 + a3 * d1 + a2 * a2 - (h4 << LIMB_BITS) + h3,
                a4 * d1 + a3 * d2 - (h5 << LIMB_BITS) + h4,
                a4 * d2 + a3 * a3 - (h6 << LIMB_BITS) + h5,
                a4 * d3 - (h7 << LIMB_BITS) + h6,
                a4 * a4 - (h8 << LIMB_BITS) + h7,
                h8);
    }

    /** out = a * b - c * d, with one reduction. */
    static void mulSubMul(final long[] out, final long[] a, final long[] b, final long[] c, final long[] d) {
        assert areFactors(a, b) && areFactors(c, d);
        final long a0 = a[0];
        final long a1 = a[1];
        final long a2 = a[2];
        final long a3 = a[3];
        final long a4 = a[4];
        final long b0 = b[0];
        final long b1 = b[1];
        final long b2 = b[2];
        final long b3 = b[3];
        final long b4 = b[4];
        final long c0 = c[0];
        final long c1 = c[1];
        final long c2 = c[2];
        final long c3 = c[3];
        final long c4 = c[4];
        final long d0 = d[0];
        final long d1 = d[1];
        final long d2 = d[2];
        final long d3 = d[3];
        final long d4 = d[4];
        final double x0 = a0 * LIMB_INVERSE;
        final double x1 = a1 * LIMB_INVERSE;
        final double x2 = a2 * LIMB_INVERSE;
        final double x3 = a3 * LIMB_INVERSE;
        final double x4 = a4 * LIMB_INVERSE;
        final double y0 = b0;
        final double y1 = b1;
        final double y2 = b2;
        final double y3 = b3;
        final double y4 = b4;
        final double z0 = c0 * LIMB_INVERSE;
        final double z1 = c1 * LIMB_INVERSE;
        final double z2 = c2 * LIMB_INVERSE;
        final double z3 = c3 * LIMB_INVERSE;
        final double z4 = c4 * LIMB_INVERSE;
        final double w0 = d0;
        final double w1 = d1;
        final double w2 = d2;
        final double w3 = d3;
        final double w4 = d4;
        final long h0 = (long) (x0 * y0 - z0 * w0);
        final long h1 = (long) (fma(x1, y0, x0 * y1) - fma(z1, w0, z0 * w1));
        final long h2 = (long) (fma(x2, y0, fma(x1, y1, x0 * y2)) - fma(z2, w0, fma(z1, w1, z0 * w2)));
        final long h3 = (long)
                (fma(x3, y0, fma(x2, y1, fma(x1, y2, x0 * y3))) - fma(z3, w0, fma(z2, w1, fma(z1, w2, z0 * w3))));
        final long h4 = (long) (fma(x4, y0, fma(x3, y1, fma(x2, y2, fma(x1, y3, x0 * y4))))
                - fma(z4, w0, fma(z3, w1, fma(z2, w2, fma(z1, w3, z0 * w4)))));
        final long h5 = (long)
                (fma(x4, y1, fma(x3, y2, fma(x2, y3, x1 * y4))) - fma(z4, w1, fma(z3, w2, fma(z2, w3, z1 * w4))));
        final long h6 = (long) (fma(x4, y2, fma(x3, y3, x2 * y4)) - fma(z4, w2, fma(z3, w3, z2 * w4)));
        final long h7 = (long) (fma(x4, y3, x3 * y4) - fma(z4, w3, z3 * w4));
        final long h8 = (long) (x4 * y4 - z4 * w4);
        final long l0 = a0 * b0 - c0 * d0;
        final long l1 = a0 * b1 + a1 * b0 - c0 * d1 - c1 * d0;
        final long l2 = a0 * b2 + a1 * b1 + a2 * b0 - c0 * d2 - c1 * d1 - c2 * d0;
        final long l3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - c0 * d3 - c1 * d2 - c2 * d1 - c3 * d0;
        final long l4 =
                a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - c0 * d4 - c1 * d3 - c2 * d2 - c3 * d1 - c4 * d0;
        final long l5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 - c1 * d4 - c2 * d3 - c3 * d2 - c4 * d1;
        final long l6 = a2 * b4 + a3 * b3 + a4 * b2 - c2 * d4 - c3 * d3 - c4 * d2;
        final long l7 = a3 * b4 + a4 * b3 - c3 * d4 - c4 * d3;
        final long l8 = a4 * b4 - c4 * d4;
        reduce(
                out,
                l0 - (h0 << LIMB_BITS),
                l1 - (h1 << LIMB_BITS) + h0,
                l2 - (h2 << LIMB_BITS) + h1,
                l3 - (h3 << LIMB_BITS) + h2,
                l4 - (h4 << LIMB_BITS) + h3,
                l5 - (h5 << LIMB_BITS) + h4,
                l6 - (h6 << LIMB_BITS) + h5,
                l7 - (h7 << LIMB_BITS) + h6,
                l8 - (h8 << LIMB_BITS) + h7,
                h8);
    }

    /** Five Montgomery steps over ten columns below 2^62.8, then one pass of carries. */
    private static void reduce(
            final long[] out,
            final long c0,
            final long c1,
            final long c2,
            final long c3,
            final long c4,
            final long c5,
            final long c6,
            final long c7,
            final long c8,
            final long c9) {
        // u1 to u6 are the columns of the sum of all u, u1 at the second column
        final long v0 = stepHigh(c0);
        final long u1 = stepLow(c0, v0);
        final long t1 = c1 + (c0 >> LIMB_BITS) + u1;
        final long v1 = stepHigh(t1);
        final long u2 = stepLow(t1, v1) - v0;
        final long t2 = c2 + (t1 >> LIMB_BITS) + u2;
        final long v2 = stepHigh(t2);
        final long u3 = stepLow(t2, v2) - v1;
        final long t3 = c3 + (t2 >> LIMB_BITS) + u3;
        final long v3 = stepHigh(t3);
        final long u4 = stepLow(t3, v3) - v2;
        final long t4 = c4 + (t3 >> LIMB_BITS) + u4 - (u1 << 4);
        final long u6 = -stepHigh(t4);
        final long u5 = stepLow(t4, -u6) - v3;
        final long r0 = c5 + (t4 >> LIMB_BITS) + u5 - (u2 << 4);
        final long r1 = c6 + (r0 >> LIMB_BITS) + u6 - (u3 << 4);
        final long r2 = c7 + (r1 >> LIMB_BITS) - (u4 << 4);
        final long r3 = c8 + (r2 >> LIMB_BITS) - (u5 << 4);
        out[0] = r0 & LIMB_MASK;
        out[1] = r1 & LIMB_MASK;
        out[2] = r2 & LIMB_MASK;
        out[3] = r3 & LIMB_MASK;
        out[4] = c9 + (r3 >> LIMB_BITS) - (u6 << 4);
    }

    /** -u / 2^52, rounded, in [0, 2^44). */
    private static long stepHigh(final long column) {
        final long q = column & LIMB_MASK;
        return (q - (q >>> 32)) >>> 8;
    }

    /** u + high 2^52, in (-2^52, 2^44): what the column has above q falls away. */
    private static long stepLow(final long column, final long high) {
        return column * STEP + (high << LIMB_BITS);
    }

    /** a b + c in doubles, rounded once or twice: {@link Math#fma} is slow where the machine has no such instruction. */
    private static double fma(final double a, final double b, final double c) {
        return IS_FUSED ? Math.fma(a, b, c) : a * b + c;
    }

    private static boolean areFactors(final long[] a, final long[] b) {
        final long largestA = largest(a);
        final long largestB = largest(b);
        return Math.max(largestA, largestB) < 1L << LIMB_BITS_BOUND
                && (double) largestA * largestB <= Math.scalb(1.0, PRODUCT_BITS_BOUND);
    }

    private static long largest(final long[] a) {
        long largest = 0;
        for (final long limb : a) {
            largest = Math.max(largest, Math.abs(limb));
        }
        return largest;
    }

    /** True if the value of {@code a} is a multiple of p; {@code a} becomes canonical. */
    static boolean isZero(final long[] a) {
        canonical(a, a);
        return (a[0] | a[1] | a[2] | a[3] | a[4]) == 0;
    }

    /** The representative in [0, p), carried, of a value below 2^260 in magnitude, limbs below 2^59. */
    static void canonical(final long[] out, final long[] a) {
        if (out != a) {
            copy(out, a);
        }
        carry(out);
        fold(out);
        // Now in [-2^255 - 2^232, 2^255 + 2^232], so one p decides.
        carry(out);
        if (out[4] < 0) {
            add(out, out, P_LIMBS);
            carry(out);
        }
        assert out[4] >= 0 && out[4] < 1L << TOP_BITS;
    }

    private static void carry(final long[] a) {
        for (int i = 0; i < LIMBS - 1; i++) {
            a[i + 1] += a[i] >> LIMB_BITS;
            a[i] &= LIMB_MASK;
        }
    }

    /** From a plain number in four 64-bit words, least first, to carried limbs; not in Montgomery form. */
    static void fromWords(final long[] out, final long[] words) {
        out[0] = words[0] & LIMB_MASK;
        out[1] = ((words[0] >>> 52) | (words[1] << 12)) & LIMB_MASK;
        out[2] = ((words[1] >>> 40) | (words[2] << 24)) & LIMB_MASK;
        out[3] = ((words[2] >>> 28) | (words[3] << 36)) & LIMB_MASK;
        out[4] = words[3] >>> 16;
    }

    /** From canonical limbs to four 64-bit words, least first. */
    static void toWords(final long[] words, final long[] a) {
        words[0] = a[0] | (a[1] << 52);
        words[1] = (a[1] >>> 12) | (a[2] << 40);
        words[2] = (a[2] >>> 24) | (a[3] << 28);
        words[3] = (a[3] >>> 36) | (a[4] << 16);
    }

    static void toMontgomery(final long[] out, final long[] plain) {
        mul(out, plain, R_SQUARED);
    }

    /** The canonical plain number of a Montgomery form. */
    static void fromMontgomery(final long[] out, final long[] a) {
        mul(out, a, PLAIN_ONE);
        canonical(out, out);
    }

    static long[] limbs(final BigInteger value) {
        final long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = value.shiftRight(i * LIMB_BITS).longValue() & LIMB_MASK;
        }
        return limbs;
    }
}
