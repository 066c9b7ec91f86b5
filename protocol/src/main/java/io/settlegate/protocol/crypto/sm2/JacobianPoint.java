package io.settlegate.protocol.crypto.sm2;

/**
 * A point that is doubled often, in Jacobian coordinates (X, Y, Z) with x = X / Z^2, y = Y / Z^3: a doubling takes a product less
 * than in those of {@link XyzzPoint}, an addition one more. Formulas of the Explicit-Formulas Database, short Weierstrass curves:
 * dbl-2001-b for a = -3, and madd and add-2007-bl without their doubled factors. A point that others are added to needs Z alone;
 * one that is added carries Z^2 and Z^3 along, made by {@link #expand}.
 *
 * <p><b>Exceptional cases</b> are not tested for: adding a point to itself or to its inverse gives H = 0 and so Z = 0, and as
 * each formula multiplies the old Z into the new one, or gives Z = 2 Y Z, Z stays zero for good. Whoever reads the result looks
 * at Z once, and leaves that case to complete code.
 *
 * <p><b>Bounds</b>, values in units of 2^256, where a product of a and b lies within [-|ab|/16, |ab|/16 + 1]. Kept by every
 * operation: |X| &lt;= 1.1 (an affine x, or folded), |Y| &lt;= 2.5, |Z| &lt;= 1.5; Z^2, Z^3 &lt;= 1.2; affine |x|, |y| &lt;= 1.2.
 * Doubling: S &lt;= 1.4; V &lt;= 5.6; W &lt;= 2.8; T &lt;= 1.4; |X - ZZ|, |X + ZZ| &lt;= 2.3; |M| &lt;= 4.2; |T - X| &lt;= 2;
 * Y &lt;= (4.2 * 2 + 5.6 * 2.8)/16 + 1 = 2.5; Z &lt;= 5 * 1.5/16 + 1 = 1.5.
 * Addition: U1, U2, V &lt;= 1.2; S1, S2 &lt;= 1.2; |H| &lt;= 2.4, |R| &lt;= 2.4; HH &lt;= 1.4; HHH &lt;= 1.3; |V - X| &lt;= 1.8;
 * Y &lt;= (2.4 * 1.8 + 1.2 * 1.3)/16 + 1 = 1.4; Z &lt;= 2.4 * 1.5/16 + 1 = 1.3. The mixed one has |H| &lt;= 1.2 + 1.1 and
 * |R| &lt;= 1.2 + 2.5 = 3.7: HH, HHH as before; Y &lt;= (3.7 * 1.8 + 2.5 * 1.3)/16 + 1 = 1.7.
 * Limbs: those of X are in (-3.1 * 2^52, 1.1 * 2^52), those of V in [0, 4 * 2^52), carried ones in [0, 2^52), so the largest
 * product of limbs is that of X - ZZ and X + ZZ, or of M and T - X, at most 4.1 * 2^52 * 4.1 * 2^52 &lt; 2^109.
 *
 * <p>One thread. Same steps whatever the values are.
 */
final class JacobianPoint {
    final long[] x = Sm2Field.element();
    final long[] y = Sm2Field.element();
    final long[] z = Sm2Field.element();

    /** Z^2 and Z^3 of a point that is to be added to others; out of date as soon as this point changes. */
    final long[] zz = Sm2Field.element();

    private final long[] zzz = Sm2Field.element();
    private final long[] u1 = Sm2Field.element();
    private final long[] s1 = Sm2Field.element();
    private final long[] h = Sm2Field.element();
    private final long[] r = Sm2Field.element();
    private final long[] t = Sm2Field.element();
    private final long[] v = Sm2Field.element();

    void set(final JacobianPoint other) {
        Sm2Field.copy(x, other.x);
        Sm2Field.copy(y, other.y);
        Sm2Field.copy(z, other.z);
    }

    /** This point becomes the affine point (ax, ay). */
    void set(final long[] ax, final long[] ay) {
        Sm2Field.copy(x, ax);
        Sm2Field.copy(y, ay);
        Sm2Field.one(z);
    }

    /** Makes Z^2 and Z^3. */
    void expand() {
        Sm2Field.square(zz, z);
        Sm2Field.mul(zzz, z, zz);
    }

    /** Adds an expanded point, its Y negated if {@code mask} is -1. */
    void add(final JacobianPoint other, final long mask) {
        expand();
        Sm2Field.mul(u1, x, other.zz);
        Sm2Field.mul(h, other.x, zz);
        Sm2Field.sub(h, h, u1);
        Sm2Field.mul(s1, y, other.zzz);
        Sm2Field.negateIf(t, other.y, mask);
        Sm2Field.mul(r, t, zzz);
        Sm2Field.sub(r, r, s1);
        Sm2Field.mul(z, z, other.z);
        addDifferences(u1, s1);
    }

    /** Adds the affine point (ax, ay). */
    void add(final long[] ax, final long[] ay) {
        expand();
        Sm2Field.mul(h, ax, zz);
        Sm2Field.sub(h, h, x);
        Sm2Field.mul(r, ay, zzz);
        Sm2Field.sub(r, r, y);
        addDifferences(x, y);
    }

    /** The common half: (a, b) is this point over the common denominator, which is Z by now; H and R are set. */
    private void addDifferences(final long[] a, final long[] b) {
        Sm2Field.mul(z, z, h);
        Sm2Field.square(t, h);
        Sm2Field.mul(v, a, t);
        Sm2Field.mul(t, t, h);
        Sm2Field.square(x, r);
        for (int i = 0; i < Sm2Field.LIMBS; i++) {
            x[i] -= t[i] + (v[i] << 1);
        }
        Sm2Field.fold(x);
        Sm2Field.sub(v, v, x);
        Sm2Field.mulSubMul(y, r, v, b, t);
    }

    /** dbl-2001-b: S = Y^2, V = 4 S, T = X V, M = 3 (X - Z^2)(X + Z^2), X = M^2 - 2 T, Y = M (T - X) - 8 S^2, Z = 2 Y Z. */
    void twice() {
        Sm2Field.square(zz, z);
        Sm2Field.square(s1, y);
        Sm2Field.scale(v, s1, 4);
        Sm2Field.mul(t, x, v);
        Sm2Field.sub(h, x, zz);
        Sm2Field.add(r, x, zz);
        Sm2Field.mul(r, r, h);
        Sm2Field.scale(r, r, 3);
        Sm2Field.scale(u1, y, 2);
        Sm2Field.mul(z, z, u1);
        Sm2Field.square(x, r);
        for (int i = 0; i < Sm2Field.LIMBS; i++) {
            x[i] -= t[i] << 1;
        }
        Sm2Field.fold(x);
        Sm2Field.sub(t, t, x);
        Sm2Field.scale(s1, s1, 2);
        Sm2Field.mulSubMul(y, r, t, v, s1);
    }
}
