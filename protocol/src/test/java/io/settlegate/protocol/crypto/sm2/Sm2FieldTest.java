package io.settlegate.protocol.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The field's laws against {@link BigInteger}, for random elements and for limbs at their bounds. */
class Sm2FieldTest {
    private static final int ROUNDS = 20_000;
    /** Its square is just below 2^109. */
    private static final long BOUND = 25_400_000_000_000_000L;

    private static final BigInteger R_INVERSE = Sm2Field.R.modInverse(Sm2Field.P);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void shouldRunWithAssertions() {
        assertThat(Sm2Field.class.desiredAssertionStatus())
                .as("the bounds are checked by assertions")
                .isTrue();
    }

    @Test
    void shouldMultiplyAndSquareAsIntegersDo() {
        final long[] out = Sm2Field.element();
        for (int round = 0; round < ROUNDS; round++) {
            final long[] a = factor(round);
            final long[] b = factor(round >> 2);
            final BigInteger product = value(a).multiply(value(b)).multiply(R_INVERSE);
            Sm2Field.mul(out, a, b);
            check(out, product, round);
            Sm2Field.square(out, a);
            check(out, value(a).pow(2).multiply(R_INVERSE), round);
            final long[] c = factor(random.nextInt(8));
            final long[] d = factor(random.nextInt(8));
            Sm2Field.mulSubMul(out, a, b, c, d);
            check(out, product.subtract(value(c).multiply(value(d)).multiply(R_INVERSE)), round);
        }
    }

    /** |a|, |b| <= 4 * 2^256 give a result in [-1, 2) * 2^256. */
    @Test
    void shouldKeepValuesOfProductsSmall() {
        final long[] out = Sm2Field.element();
        for (int round = 0; round < ROUNDS; round++) {
            final long[] a = smallFactor();
            final long[] b = smallFactor();
            Sm2Field.mul(out, a, b);
            assertThat(value(out))
                    .as("seed %d", seed)
                    .isBetween(BigInteger.TWO.pow(256).negate(), BigInteger.TWO.pow(257));
        }
    }

    @Test
    void shouldFoldWithoutChangingTheResidue() {
        for (int round = 0; round < ROUNDS; round++) {
            final long[] a = smallFactor();
            final BigInteger before = value(a).mod(Sm2Field.P);
            Sm2Field.fold(a);
            assertThat(value(a).mod(Sm2Field.P)).as("seed %d", seed).isEqualTo(before);
            assertThat(value(a).abs()).isLessThan(BigInteger.TWO.pow(255).add(BigInteger.TWO.pow(232)));
        }
    }

    @Test
    void shouldFindTheCanonicalForm() {
        final long[] out = Sm2Field.element();
        for (int round = 0; round < ROUNDS; round++) {
            final long[] a = smallFactor();
            Sm2Field.canonical(out, a);
            assertThat(value(out)).as("seed %d", seed).isEqualTo(value(a).mod(Sm2Field.P));
        }
        for (int multiple = -4; multiple <= 4; multiple++) {
            for (int off = -1; off <= 1; off++) {
                final BigInteger v =
                        Sm2Field.P.multiply(BigInteger.valueOf(multiple)).add(BigInteger.valueOf(off));
                final long[] a = spread(v);
                assertThat(Sm2Field.isZero(a.clone()))
                        .as("%d p + %d", multiple, off)
                        .isEqualTo(off == 0);
                Sm2Field.canonical(out, a);
                assertThat(value(out)).isEqualTo(v.mod(Sm2Field.P));
            }
        }
    }

    @Test
    void shouldInvert() {
        final long[] out = Sm2Field.element();
        for (int round = 0; round < 200; round++) {
            final BigInteger v = new BigInteger(256, random).mod(Sm2Field.P);
            final long[] a = Sm2Field.limbs(v);
            Sm2Field.toMontgomery(a, a);
            new FieldInversion().invert(out, a);
            Sm2Field.mul(out, out, a);
            Sm2Field.fromMontgomery(out, out);
            assertThat(value(out)).as("seed %d", seed).isEqualTo(BigInteger.ONE);
        }
        new FieldInversion().invert(out, Sm2Field.element());
        assertThat(Sm2Field.isZero(out)).isTrue();
    }

    @Test
    void shouldTurnWordsIntoLimbsAndBack() {
        final long[] limbs = Sm2Field.element();
        final long[] words = new long[Sm2Order.WORDS];
        for (int round = 0; round < 1000; round++) {
            final BigInteger v = new BigInteger(256, random);
            Sm2Field.fromWords(limbs, Sm2Order.words(v));
            assertThat(value(limbs)).isEqualTo(v);
            Sm2Field.toWords(words, limbs);
            assertThat(words).isEqualTo(Sm2Order.words(v));
        }
    }

    @Test
    void shouldPackAndUnpack() {
        final long[] words = new long[PackedPoints.COORDINATE_WORDS];
        final long[] out = Sm2Field.element();
        for (int round = 0; round < ROUNDS; round++) {
            final BigInteger v =
                    switch (round) {
                        case 0 -> BigInteger.ZERO;
                        case 1 -> Sm2Field.P.subtract(BigInteger.ONE);
                        case 2 -> BigInteger.TWO.pow(255).subtract(BigInteger.ONE);
                        default -> new BigInteger(256, random).mod(Sm2Field.P);
                    };
            PackedPoints.pack(words, 0, Sm2Field.limbs(v));
            PackedPoints.unpack(out, words, 0);
            assertThat(value(out)).as("seed %d", seed).isEqualTo(v);
            for (int i = 0; i < 4; i++) {
                assertThat(out[i]).isBetween(-PackedPoints.LIMB_BIAS, PackedPoints.LIMB_BIAS - 1);
            }
            assertThat(out[4]).isBetween(0L, (1L << 48) - 1);
        }
    }

    /** Limbs at the bounds in the first rounds, random ones below them afterwards. */
    private long[] factor(final int kind) {
        final long[] a = Sm2Field.element();
        for (int i = 0; i < a.length; i++) {
            a[i] = switch (kind) {
                case 0 -> BOUND;
                case 1 -> -BOUND;
                case 2 -> (i & 1) == 0 ? BOUND : -BOUND;
                case 3 -> 0;
                case 4 -> Sm2Field.LIMB_MASK;
                case 5 -> -PackedPoints.LIMB_BIAS;
                case 6 -> 1;
                case 7 -> -1;
                default -> random.nextLong() >> (8 + random.nextInt(9));
            };
            a[i] = Math.max(-BOUND, Math.min(BOUND, a[i]));
        }
        return a;
    }

    /** A value below 4 * 2^256 in limbs that are not carried. */
    private long[] smallFactor() {
        return spread(new BigInteger(258, random).subtract(BigInteger.TWO.pow(257)));
    }

    private long[] spread(final BigInteger v) {
        final long[] a = Sm2Field.element();
        BigInteger rest = v;
        for (int i = 0; i < Sm2Field.LIMBS - 1; i++) {
            final long slack = random.nextInt(3) - 1L;
            a[i] = (rest.longValue() & Sm2Field.LIMB_MASK) + (slack << Sm2Field.LIMB_BITS);
            rest = rest.shiftRight(Sm2Field.LIMB_BITS).subtract(BigInteger.valueOf(slack));
        }
        a[Sm2Field.LIMBS - 1] = rest.longValueExact();
        return a;
    }

    private void check(final long[] out, final BigInteger expected, final int round) {
        assertThat(value(out).mod(Sm2Field.P))
                .as("seed %d round %d", seed, round)
                .isEqualTo(expected.mod(Sm2Field.P));
        for (int i = 0; i < Sm2Field.LIMBS - 1; i++) {
            assertThat(out[i]).as("seed %d round %d", seed, round).isBetween(0L, Sm2Field.LIMB_MASK);
        }
    }

    static BigInteger value(final long[] limbs) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = limbs.length - 1; i >= 0; i--) {
            sum = sum.shiftLeft(Sm2Field.LIMB_BITS).add(BigInteger.valueOf(limbs[i]));
        }
        return sum;
    }
}
