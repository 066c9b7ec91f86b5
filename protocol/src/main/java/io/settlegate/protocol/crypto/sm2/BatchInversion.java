package io.settlegate.protocol.crypto.sm2;

/**
 * Makes many points affine with one inversion (Montgomery's trick; Hankerson et al., algorithm 2.26): the product of all
 * denominators is inverted, and taken apart again from the last to the first.
 *
 * <p>One thread; keeps its scratch memory.
 */
final class BatchInversion {
    private final long[][] products;
    private final FieldInversion inversion = new FieldInversion();
    private final long[] inverse = Sm2Field.element();
    private final long[] one = Sm2Field.element();
    private final long[] factor = Sm2Field.element();
    private final long[] t = Sm2Field.element();

    BatchInversion(final int capacity) {
        products = new long[capacity][Sm2Field.LIMBS];
        Sm2Field.one(one);
    }

    /** Sets ZZ = ZZZ = 1 in the first {@code count} points, none of which may be degenerate. */
    void toAffine(final XyzzPoint[] points, final int count) {
        Sm2Field.copy(products[0], points[0].zzz);
        for (int i = 1; i < count; i++) {
            Sm2Field.mul(products[i], products[i - 1], points[i].zzz);
        }
        inversion.invert(inverse, products[count - 1]);
        for (int i = count - 1; i >= 0; i--) {
            final XyzzPoint point = points[i];
            Sm2Field.mul(factor, inverse, i == 0 ? one : products[i - 1]);
            Sm2Field.mul(inverse, inverse, point.zzz);
            // factor = 1 / Z^3; ZZ / Z^3 = 1 / Z, squared 1 / Z^2
            Sm2Field.mul(point.y, point.y, factor);
            Sm2Field.mul(t, point.zz, factor);
            Sm2Field.square(t, t);
            Sm2Field.mul(point.x, point.x, t);
            Sm2Field.copy(point.zz, one);
            Sm2Field.copy(point.zzz, one);
        }
    }
}
