package io.settlegate.protocol.crypto.sm2;

/**
 * Affine points as tables hold them, for scalar and vector code alike: x then y, four words each, coordinates in
 * Montgomery form.
 *
 * <pre>
 *   word i (0 to 3):  bits 0..51   limb i + 2^51, limb i in [-2^51, 2^51)
 *                     bits 52..63  bits 12 i .. 12 i + 11 of limb 4, which is in [0, 2^48)
 * </pre>
 *
 * The signed limbs suit the vector code, whose products want them below 2^51. Stateless.
 */
public final class PackedPoints {
    /** Words of a point. */
    public static final int POINT_WORDS = 8;

    /** Words of a coordinate. */
    public static final int COORDINATE_WORDS = 4;

    /** What the fields of limbs 0 to 3 have added. */
    public static final long LIMB_BIAS = 1L << (Sm2Field.LIMB_BITS - 1);

    /** Bits of limb 4 in each word. */
    public static final int TOP_PART_BITS = Long.SIZE - Sm2Field.LIMB_BITS;

    private PackedPoints() {}

    /** Packs a coordinate given in canonical limbs; the limbs are overwritten. */
    static void pack(final long[] words, final int offset, final long[] canonical) {
        for (int i = 0; i < COORDINATE_WORDS; i++) {
            // limb + bias, split at 2^52, is the limb in [-2^51, 2^51) plus bias, and a carry
            final long biased = canonical[i] + LIMB_BIAS;
            canonical[i + 1] += biased >>> Sm2Field.LIMB_BITS;
            words[offset + i] = biased & Sm2Field.LIMB_MASK;
        }
        for (int i = 0; i < COORDINATE_WORDS; i++) {
            words[offset + i] |= canonical[4] >>> (i * TOP_PART_BITS) << Sm2Field.LIMB_BITS;
        }
    }

    static void unpack(final long[] out, final long[] words, final int offset) {
        final long w0 = words[offset];
        final long w1 = words[offset + 1];
        final long w2 = words[offset + 2];
        final long w3 = words[offset + 3];
        out[0] = (w0 & Sm2Field.LIMB_MASK) - LIMB_BIAS;
        out[1] = (w1 & Sm2Field.LIMB_MASK) - LIMB_BIAS;
        out[2] = (w2 & Sm2Field.LIMB_MASK) - LIMB_BIAS;
        out[3] = (w3 & Sm2Field.LIMB_MASK) - LIMB_BIAS;
        out[4] = (w0 >>> 52) | (w1 >>> 52 << 12) | (w2 >>> 52 << 24) | (w3 >>> 52 << 36);
    }
}
