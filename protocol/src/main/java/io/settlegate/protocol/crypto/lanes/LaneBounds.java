package io.settlegate.protocol.crypto.lanes;

/** The bounds of {@link LaneField}, for its assertions. */
final class LaneBounds {
    private static final double PRODUCT = 0x1p103;

    private LaneBounds() {}

    /** True if no product of limbs exceeds 2^103, and every limb is whole. */
    static boolean areFactors(final double[] m, final int a, final int b) {
        return largest(m, a) * largest(m, b) <= PRODUCT;
    }

    private static double largest(final double[] m, final int a) {
        double largest = 0;
        for (int i = 0; i < LaneField.ELEMENT; i++) {
            final double limb = m[a + i];
            if (limb != Math.rint(limb)) {
                return Double.POSITIVE_INFINITY;
            }
            largest = Math.max(largest, Math.abs(limb));
        }
        return largest;
    }
}
