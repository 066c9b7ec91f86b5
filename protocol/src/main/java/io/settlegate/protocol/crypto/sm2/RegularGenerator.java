package io.settlegate.protocol.crypto.sm2;

/**
 * k G in regular steps, for secrets: four small tables of 16 points each, of which every addition reads all and keeps one by masks;
 * 52 additions and 12 doublings whatever k is. No branch and no address depends on k.
 *
 * <p>One thread.
 */
public final class RegularGenerator {
    private static final CombShape SHAPE = new CombShape(5, 4, 13);
    private static final long[] RECODING = SHAPE.recoding();
    private static final long[] TABLE = GeneratorTable.build(SHAPE);

    private final XyzzPoint sum = new XyzzPoint();
    private final AffineX affine = new AffineX();
    private final int[] digits = new int[SHAPE.additions()];
    private final long[] scratch = new long[Sm2Order.WORDS];
    private final long[] selected = new long[PackedPoints.POINT_WORDS];
    private final long[] pointX = Sm2Field.element();
    private final long[] pointY = Sm2Field.element();

    /** x = the affine x coordinate of k G, four words, below p; 0 if k is 0 modulo n. */
    public void multiply(final long[] x, final long[] k) {
        SHAPE.digits(digits, k, RECODING, scratch);
        for (int i = 0; i < SHAPE.additions(); i++) {
            if (i > 0 && i % SHAPE.tables() == 0) {
                sum.twice();
            }
            select(i % SHAPE.tables(), digits[i]);
            if (i == 0) {
                sum.set(pointX, pointY);
            } else {
                sum.add(pointX, pointY);
            }
        }
        affine.get(x, sum);
        java.util.Arrays.fill(digits, 0);
        java.util.Arrays.fill(scratch, 0);
    }

    /** Reads the whole table and keeps the point of the digit. */
    private void select(final int table, final int digit) {
        java.util.Arrays.fill(selected, 0);
        for (int index = 0; index < SHAPE.tableSize(); index++) {
            final long difference = index ^ (digit >>> 1);
            final long mask = (difference - 1) >> 63;
            final int offset = (table * SHAPE.tableSize() + index) * PackedPoints.POINT_WORDS;
            for (int word = 0; word < PackedPoints.POINT_WORDS; word++) {
                selected[word] |= TABLE[offset + word] & mask;
            }
        }
        PackedPoints.unpack(pointX, selected, 0);
        PackedPoints.unpack(pointY, selected, PackedPoints.COORDINATE_WORDS);
        Sm2Field.negateIf(pointY, pointY, -(long) (digit & 1));
    }
}
