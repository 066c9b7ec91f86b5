package io.settlegate.protocol.crypto.sm2;

/**
 * Windows for keys without comb table: the odd multiples P, 3 P, ... 15 P of up to eight keys, made affine with one inversion, and packed
 * as a comb's points are. A scalar has 65 digits of four bits, all odd: with m as in {@link CombShape}, four bits b of m stand
 * for 2 b - 15.
 *
 * <p>One thread; keeps its scratch memory.
 */
public final class WindowTables {
    /** Digits of a scalar. */
    public static final int DIGITS = 65;

    public static final int WINDOW_BITS = 4;

    /** Points of a key. */
    public static final int POINTS = 1 << (WINDOW_BITS - 1);

    /** Words of a key's table. */
    public static final int TABLE_WORDS = POINTS * PackedPoints.POINT_WORDS;

    private final XyzzPoint[] points = new XyzzPoint[EquationLanes.LANES * POINTS];
    private final XyzzPoint twice = new XyzzPoint();
    private final BatchInversion inversion = new BatchInversion(points.length);
    private final AffineKey key = new AffineKey();
    private final long[] coordinate = Sm2Field.element();

    public WindowTables() {
        for (int i = 0; i < points.length; i++) {
            points[i] = new XyzzPoint();
        }
    }

    /** Takes 64 bytes x, y of a point on the curve for this lane. No addition here is exceptional: 16 P is not infinity. */
    public void take(final int lane, final byte[] encoded, final int offset) {
        final int first = lane * POINTS;
        key.set(encoded, offset);
        points[first].set(key.x, key.y);
        twice.set(points[first]);
        twice.twice();
        for (int i = 1; i < POINTS; i++) {
            points[first + i].set(points[first + i - 1]);
            points[first + i].add(twice);
        }
    }

    /** Packs the tables of the first {@code count} lanes, {@value #TABLE_WORDS} words each. */
    public void pack(final long[] words, final int count) {
        inversion.toAffine(points, count * POINTS);
        for (int i = 0; i < count * POINTS; i++) {
            final int offset = i * PackedPoints.POINT_WORDS;
            Sm2Field.canonical(coordinate, points[i].x);
            PackedPoints.pack(words, offset, coordinate);
            Sm2Field.canonical(coordinate, points[i].y);
            PackedPoints.pack(words, offset + PackedPoints.COORDINATE_WORDS, coordinate);
        }
    }

    /** The digits of m, the highest first, in the form of {@link CombShape#digits}. */
    static void digits(final int[] out, final long[] m) {
        for (int i = 0; i < DIGITS; i++) {
            final int window = DIGITS - 1 - i;
            final int word = window >> 4;
            final int bits = word < Sm2Order.WORDS ? (int) (m[word] >>> ((window & 15) << 2)) & 15 : 0;
            final int negative = 1 - (bits >>> (WINDOW_BITS - 1));
            out[i] = (((bits ^ -negative) & (POINTS - 1)) << 1) | negative;
        }
    }
}
