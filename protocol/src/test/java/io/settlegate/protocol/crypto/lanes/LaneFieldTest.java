package io.settlegate.protocol.crypto.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The laws of the field in lanes against {@link BigInteger}, for random elements and for limbs at their bounds. */
class LaneFieldTest {
    private static final BigInteger P =
            new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF", 16);
    private static final BigInteger R_INVERSE = BigInteger.TWO.pow(260).modInverse(P);
    private static final int ROUNDS = 1500;
    private static final double LIMB = 0x1p51;

    private static final int A = 0;
    private static final int B = LaneField.ELEMENT;
    private static final int C = 2 * LaneField.ELEMENT;
    private static final int E = 3 * LaneField.ELEMENT;
    private static final int OUT = 4 * LaneField.ELEMENT;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final double[] m = new double[5 * LaneField.ELEMENT];
    private final long[] t = new long[LaneField.ELEMENT];

    @Test
    void shouldMultiplyAsIntegersDo() {
        for (int round = 0; round < ROUNDS; round++) {
            fill(A, 1);
            fill(B, 2);
            LaneField.product(t, m, A, B);
            LaneField.carry(m, OUT, t);
            for (int lane = 0; lane < LaneField.LANES; lane++) {
                check(value(A, lane).multiply(value(B, lane)).multiply(R_INVERSE), lane, round);
            }
        }
    }

    @Test
    void shouldTakeTheDifferenceOfProducts() {
        for (int round = 0; round < ROUNDS; round++) {
            fill(A, 1);
            fill(B, 2);
            fill(C, 2);
            fill(E, 1);
            LaneField.productMinusProduct(t, m, A, B, C, E);
            LaneField.carry(m, OUT, t);
            for (int lane = 0; lane < LaneField.LANES; lane++) {
                final BigInteger expected = value(A, lane)
                        .multiply(value(B, lane))
                        .subtract(value(C, lane).multiply(value(E, lane)));
                check(expected.multiply(R_INVERSE), lane, round);
            }
        }
    }

    @Test
    void shouldKeepTheResidueInEveryPass() {
        for (int round = 0; round < ROUNDS; round++) {
            fill(A, 1);
            fill(B, 1);
            fill(C, 1);
            LaneField.product(t, m, A, B);
            LaneField.subtract(t, m, C);
            LaneField.subtractTwice(t, m, C);
            LaneField.triple(t);
            LaneField.quadruple(t);
            LaneField.fold(t);
            LaneField.carry(m, OUT, t);
            for (int lane = 0; lane < LaneField.LANES; lane++) {
                final BigInteger product =
                        value(A, lane).multiply(value(B, lane)).multiply(R_INVERSE);
                final BigInteger difference = product.subtract(value(C, lane).multiply(BigInteger.valueOf(3)));
                check(difference.multiply(BigInteger.valueOf(12)), lane, round);
                assertThat(value(OUT, lane).abs())
                        .as("seed %d", seed)
                        .isLessThan(BigInteger.TWO.pow(255).add(BigInteger.TWO.pow(232)));
            }
            LaneField.spread(t, m, A);
            LaneField.carry(m, OUT, t);
            for (int lane = 0; lane < LaneField.LANES; lane++) {
                assertThat(value(OUT, lane)).as("seed %d", seed).isEqualTo(value(A, lane));
            }
        }
    }

    @Test
    void shouldRefuseFactorsThatAreTooLarge() {
        fill(A, 2);
        fill(B, 2);
        m[A] = 2 * LIMB;
        m[B] = 2 * LIMB;
        assertThatThrownBy(() -> LaneField.product(t, m, A, B)).isInstanceOf(AssertionError.class);
    }

    /** Limbs up to {@code width} times 2^51; every fourth element has all of them at the bounds. */
    private void fill(final int element, final int width) {
        final int kind = random.nextInt(4);
        for (int i = 0; i < LaneField.ELEMENT; i++) {
            final double bound = width * (i >= 4 * LaneField.LANES ? 0x1p49 : LIMB);
            final double limb = kind == 0
                    ? (random.nextBoolean() ? bound - 1 : -bound)
                    : Math.rint((random.nextDouble() * 2 - 1) * (bound - 1));
            m[element + i] = limb;
        }
    }

    private void check(final BigInteger expected, final int lane, final int round) {
        assertThat(value(OUT, lane).mod(P))
                .as("seed %d round %d lane %d", seed, round, lane)
                .isEqualTo(expected.mod(P));
        for (int j = 0; j < 5; j++) {
            assertThat(m[OUT + j * LaneField.LANES + lane]).isBetween(-LIMB, LIMB - 1);
        }
    }

    private BigInteger value(final int element, final int lane) {
        BigInteger sum = BigInteger.ZERO;
        for (int j = 4; j >= 0; j--) {
            final long limb = (long) m[element + j * LaneField.LANES + lane];
            sum = sum.shiftLeft(52).add(BigInteger.valueOf(limb));
        }
        return sum;
    }
}
