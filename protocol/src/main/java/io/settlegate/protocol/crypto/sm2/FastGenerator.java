package io.settlegate.protocol.crypto.sm2;

/**
 * k G for several k by a large comb of its own, with one inversion for all. Which points are read depends on k,
 * and a neighbour on the same machine may see that in the cache: for terminals, tools, and tests.
 *
 * <p>One thread.
 */
public final class FastGenerator {
    /** Four tables of 4096 points, 1 MB: as many additions as {@link GeneratorTable} takes, and four doublings in place of nine. */
    private static final CombShape SHAPE = new CombShape(13, 4, 5);

    private static final long[] RECODING = SHAPE.recoding();
    private static final long[] TABLE = GeneratorTable.build(SHAPE);

    private final CombMultiplier combs = new CombMultiplier();
    private final XyzzPoint[] sums;
    private final BatchInversion inversion;
    private final long[] coordinate = Sm2Field.element();
    private final int[] digits = new int[SHAPE.additions()];
    private final long[] scratch = new long[Sm2Order.WORDS];

    public FastGenerator(final int count) {
        sums = new XyzzPoint[count];
        for (int i = 0; i < count; i++) {
            sums[i] = new XyzzPoint();
        }
        inversion = new BatchInversion(count);
    }

    /**
     * x[i] = the affine x coordinate of k[i] G, four words, below p. If one of the sums met an exceptional addition, which does not
     * happen by chance, all x are 0.
     */
    public void multiply(final long[][] x, final long[][] k) {
        for (int i = 0; i < sums.length; i++) {
            SHAPE.digits(digits, k[i], RECODING, scratch);
            combs.multiply(sums[i], SHAPE, digits, TABLE);
        }
        inversion.toAffine(sums, sums.length);
        for (int i = 0; i < sums.length; i++) {
            Sm2Field.fromMontgomery(coordinate, sums[i].x);
            Sm2Field.toWords(x[i], coordinate);
        }
    }
}
