package io.settlegate.protocol.crypto.sm2;

/**
 * Computes the tables of a comb for a point P: table u holds at index i the sum of +-2^position(tooth, u) P over the teeth,
 * the highest tooth positive, tooth j negative where bit j of i is 0.
 *
 * <p>No exceptional addition can happen for any point of the curve: all sums are fixed multiples of P below n in magnitude once
 * reduced, so a coincidence would be one for G too, and G's table is checked by tests.
 *
 * <p>One thread; keeps its scratch memory between tables, as one key follows the other.
 */
final class CombTableBuilder {
    private final CombShape shape;

    /** Per tooth and table 2^position P, then twice that; later affine. */
    private final XyzzPoint[] bases;

    private final XyzzPoint[] sums;
    private final XyzzPoint running = new XyzzPoint();
    private final BatchInversion inversion;
    private final long[] negative = Sm2Field.element();
    private final long[] coordinate = Sm2Field.element();

    CombTableBuilder(final CombShape shape) {
        this.shape = shape;
        bases = points(2 * shape.teeth() * shape.tables());
        sums = points(shape.points());
        inversion = new BatchInversion(Math.max(bases.length, sums.length));
    }

    private static XyzzPoint[] points(final int count) {
        final XyzzPoint[] points = new XyzzPoint[count];
        for (int i = 0; i < count; i++) {
            points[i] = new XyzzPoint();
        }
        return points;
    }

    /** Words that {@link #build} writes. */
    int words() {
        return shape.points() * PackedPoints.POINT_WORDS;
    }

    /** Builds the tables of the affine point (x, y), in Montgomery form, into {@code words}, table after table. */
    void build(final long[] words, final long[] x, final long[] y) {
        computeBases(x, y);
        for (int table = 0; table < shape.tables(); table++) {
            computeSums(table);
        }
        inversion.toAffine(sums, sums.length);
        for (int i = 0; i < sums.length; i++) {
            final int offset = i * PackedPoints.POINT_WORDS;
            Sm2Field.canonical(coordinate, sums[i].x);
            PackedPoints.pack(words, offset, coordinate);
            Sm2Field.canonical(coordinate, sums[i].y);
            PackedPoints.pack(words, offset + PackedPoints.COORDINATE_WORDS, coordinate);
        }
    }

    /** One chain of doublings passes all positions. */
    private void computeBases(final long[] x, final long[] y) {
        running.set(x, y);
        for (int row = 0; row < shape.teeth() * shape.tables(); row++) {
            bases[2 * row].set(running);
            running.twice();
            bases[2 * row + 1].set(running);
            for (int i = 1; i < shape.spacing(); i++) {
                running.twice();
            }
        }
        inversion.toAffine(bases, bases.length);
    }

    /** Index 0 is the highest tooth minus all others; setting bit j adds twice tooth j. */
    private void computeSums(final int table) {
        final int first = table * shape.tableSize();
        final XyzzPoint top = base(shape.teeth() - 1, table, 0);
        sums[first].set(top.x, top.y);
        for (int tooth = 0; tooth < shape.teeth() - 1; tooth++) {
            final XyzzPoint base = base(tooth, table, 0);
            Sm2Field.negateIf(negative, base.y, -1);
            sums[first].add(base.x, negative);
        }
        for (int index = 1; index < shape.tableSize(); index++) {
            final int tooth = Integer.numberOfTrailingZeros(Integer.highestOneBit(index));
            final XyzzPoint twice = base(tooth, table, 1);
            sums[first + index].set(sums[first + index - (1 << tooth)]);
            sums[first + index].add(twice.x, twice.y);
        }
    }

    private XyzzPoint base(final int tooth, final int table, final int doublings) {
        return bases[2 * (tooth * shape.tables() + table) + doublings];
    }
}
