package io.settlegate.protocol.crypto.sm2;

/**
 * A point that sums up points of a comb table, in coordinates (X, Y, ZZ, ZZZ) with x = X / ZZ, y = Y / ZZZ, ZZ^3 = ZZZ^2.
 * Formulas of the Explicit-Formulas Database, short Weierstrass curves: madd-2008-s, add-2008-s, and dbl-2008-s-1 with
 * a = -3, where 3 X^2 + a ZZ^2 is 3 (X - ZZ)(X + ZZ).
 *
 * <p><b>Exceptional cases</b> are not tested for: adding a point to itself or to its inverse gives P = 0 and so ZZ = 0, and as
 * each formula multiplies the old ZZ into the new one, ZZ stays zero for good. Whoever reads the result looks
 * at ZZ once, and leaves that case to complete code.
 *
 * <p><b>Bounds</b>, values in units of 2^256, where a product of a and b lies within [-|ab|/16, |ab|/16 + 1]. Kept by every
 * operation: |X| &lt;= 1.1 (an affine x, or folded), |Y| &lt;= 1.7, |ZZ| &lt;= 1.2, |ZZZ| &lt;= 1.2; affine |x|, |y| &lt;= 1.2.
 * Addition: |P| &lt;= 1 + 1.2 * 1.2/16 + 1.1 = 2.2; PP &lt;= 1.4; PPP &lt;= 1.2; Q &lt;= 1.1; |R| &lt;= 1.1 + 1.7 = 2.8;
 * |Q - X| &lt;= 1.7; Y &lt;= (2.8 * 1.7 + 1.7 * 1.2)/16 + 1 = 1.5; ZZ, ZZZ &lt;= 1.2 * 1.4/16 + 1 = 1.2.
 * Doubling: |U| &lt;= 3.4; V &lt;= 1.8; W &lt;= 1.4; S &lt;= 1.2; |X - ZZ|, |X + ZZ| &lt;= 2.3; M &lt;= 3 * 1.4 = 4.2;
 * |S - X| &lt;= 1.8; Y &lt;= (4.2 * 1.8 + 1.4 * 1.7)/16 + 1 = 1.7; ZZ, ZZZ &lt;= 1.8 * 1.2/16 + 1 = 1.2. Limbs: those of
 * X are in (-3.1 * 2^52, 1.1 * 2^52), carried ones in [0, 2^52), so the largest product of limbs is that of P, at most
 * (4.1 * 2^52)^2 &lt; 2^109.
 *
 * <p>One thread. Same steps whatever the values are.
 */
final class XyzzPoint {
    final long[] x = Sm2Field.element();
    final long[] y = Sm2Field.element();
    final long[] zz = Sm2Field.element();
    final long[] zzz = Sm2Field.element();

    private final long[] p = Sm2Field.element();
    private final long[] r = Sm2Field.element();
    private final long[] pp = Sm2Field.element();
    private final long[] ppp = Sm2Field.element();
    private final long[] q = Sm2Field.element();
    private final long[] t = Sm2Field.element();

    void set(final XyzzPoint other) {
        Sm2Field.copy(x, other.x);
        Sm2Field.copy(y, other.y);
        Sm2Field.copy(zz, other.zz);
        Sm2Field.copy(zzz, other.zzz);
    }

    /** This point becomes the affine point (ax, ay). */
    void set(final long[] ax, final long[] ay) {
        Sm2Field.copy(x, ax);
        Sm2Field.copy(y, ay);
        Sm2Field.one(zz);
        Sm2Field.one(zzz);
    }

    /** Adds the affine point (ax, ay): madd-2008-s. */
    void add(final long[] ax, final long[] ay) {
        Sm2Field.mul(p, ax, zz);
        Sm2Field.sub(p, p, x);
        Sm2Field.mul(r, ay, zzz);
        Sm2Field.sub(r, r, y);
        addDifferences(x, y);
    }

    /** Adds another point: add-2008-s. */
    void add(final XyzzPoint other) {
        Sm2Field.mul(t, x, other.zz);
        Sm2Field.mul(p, other.x, zz);
        Sm2Field.sub(p, p, t);
        Sm2Field.copy(x, t);
        Sm2Field.mul(t, y, other.zzz);
        Sm2Field.mul(r, other.y, zzz);
        Sm2Field.sub(r, r, t);
        Sm2Field.copy(y, t);
        Sm2Field.mul(zz, zz, other.zz);
        Sm2Field.mul(zzz, zzz, other.zzz);
        addDifferences(x, y);
    }

    /** The common half: U1 and S1 are the first point's x and y over the common denominators, P and R are set. */
    private void addDifferences(final long[] u1, final long[] s1) {
        Sm2Field.square(pp, p);
        Sm2Field.mul(ppp, p, pp);
        Sm2Field.mul(q, u1, pp);
        Sm2Field.mul(zz, zz, pp);
        Sm2Field.mul(zzz, zzz, ppp);
        Sm2Field.square(x, r);
        for (int i = 0; i < Sm2Field.LIMBS; i++) {
            x[i] -= ppp[i] + (q[i] << 1);
        }
        Sm2Field.fold(x);
        Sm2Field.sub(q, q, x);
        Sm2Field.mulSubMul(y, r, q, s1, ppp);
    }

    /** dbl-2008-s-1. */
    void twice() {
        Sm2Field.add(p, y, y);
        Sm2Field.square(pp, p);
        Sm2Field.mul(ppp, p, pp);
        Sm2Field.mul(q, x, pp);
        Sm2Field.sub(t, x, zz);
        Sm2Field.add(r, x, zz);
        Sm2Field.mul(r, r, t);
        Sm2Field.scale(r, r, 3);
        Sm2Field.square(x, r);
        for (int i = 0; i < Sm2Field.LIMBS; i++) {
            x[i] -= q[i] << 1;
        }
        Sm2Field.fold(x);
        Sm2Field.sub(q, q, x);
        Sm2Field.mulSubMul(y, r, q, ppp, y);
        Sm2Field.mul(zz, zz, pp);
        Sm2Field.mul(zzz, zzz, ppp);
    }
}
