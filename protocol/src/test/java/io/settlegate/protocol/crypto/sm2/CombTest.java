package io.settlegate.protocol.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

class CombTest {
    private static final BigInteger N = Sm2Order.N;
    private static final CombShape[] SHAPES = {
        new CombShape(6, 2, 22),
        new CombShape(13, 2, 10),
        new CombShape(13, 4, 5),
        new CombShape(17, 1, 16),
        new CombShape(7, 1, 37),
        new CombShape(5, 4, 13),
        new CombShape(4, 2, 33)
    };

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void shouldCutEveryScalarIntoDigitsThatAddUp() {
        for (final CombShape shape : SHAPES) {
            for (final BigInteger k : scalars()) {
                final int[] digits = digits(shape, k);
                BigInteger sum = BigInteger.ZERO;
                for (int column = 0; column < shape.spacing(); column++) {
                    sum = sum.shiftLeft(1);
                    for (int table = 0; table < shape.tables(); table++) {
                        final int digit = digits[column * shape.tables() + table];
                        final BigInteger term = multiple(shape, table, digit >>> 1);
                        sum = (digit & 1) == 0 ? sum.add(term) : sum.subtract(term);
                    }
                }
                assertThat(sum.mod(N)).as("seed %d, %s, %s", seed, shape, k).isEqualTo(k);
            }
        }
    }

    @Test
    void shouldHoldTheMultiplesOfItsPoint() {
        final ECPoint key = CurveOracle.G.multiply(new BigInteger(255, random)).normalize();
        final long[] table = new long[Equation.KEY_TABLE_WORDS];
        new KeyTableBuilder().build(table, CurveOracle.encode(key), 0);
        final CombShape shape = Equation.KEY_SHAPE;
        for (int i = 0; i < shape.points(); i++) {
            checkPoint(
                    key.multiply(multiple(shape, i / shape.tableSize(), i % shape.tableSize())
                            .mod(N)),
                    table,
                    i);
        }
        for (int i = 0; i < 300; i++) {
            final int index =
                    i < 2 ? i * (GeneratorTable.SHAPE.points() - 1) : random.nextInt(GeneratorTable.SHAPE.points());
            final int size = GeneratorTable.SHAPE.tableSize();
            final BigInteger multiple = multiple(GeneratorTable.SHAPE, index / size, index % size);
            checkPoint(CurveOracle.multipleOfG(multiple.mod(N)), GeneratorTable.WORDS, index);
        }
    }

    /** Each table is built by additions; a coincidence among them would be one for every point. */
    @Test
    void shouldHoldPointsOfTheCurveOnly() {
        final long[] x = Sm2Field.element();
        final long[] y = Sm2Field.element();
        for (int i = 0; i < GeneratorTable.SHAPE.points(); i++) {
            PackedPoints.unpack(x, GeneratorTable.WORDS, i * PackedPoints.POINT_WORDS);
            PackedPoints.unpack(y, GeneratorTable.WORDS, i * PackedPoints.POINT_WORDS + PackedPoints.COORDINATE_WORDS);
            final BigInteger px = plain(x);
            final BigInteger py = plain(y);
            final BigInteger right = px.pow(3)
                    .subtract(px.multiply(BigInteger.valueOf(3)))
                    .add(CurveOracle.CURVE.getCurve().getB().toBigInteger());
            assertThat(py.pow(2).subtract(right).mod(Sm2Field.P).signum())
                    .as("point %d", i)
                    .isZero();
        }
    }

    private void checkPoint(final ECPoint expected, final long[] table, final int index) {
        final long[] out = Sm2Field.element();
        PackedPoints.unpack(out, table, index * PackedPoints.POINT_WORDS);
        final ECPoint point = expected.normalize();
        assertThat(plain(out))
                .as("seed %d x of %d", seed, index)
                .isEqualTo(point.getAffineXCoord().toBigInteger());
        PackedPoints.unpack(out, table, index * PackedPoints.POINT_WORDS + PackedPoints.COORDINATE_WORDS);
        assertThat(plain(out))
                .as("seed %d y of %d", seed, index)
                .isEqualTo(point.getAffineYCoord().toBigInteger());
    }

    private static BigInteger plain(final long[] montgomery) {
        final long[] out = Sm2Field.element();
        Sm2Field.fromMontgomery(out, montgomery);
        return Sm2FieldTest.value(out);
    }

    static int[] digits(final CombShape shape, final BigInteger k) {
        final int[] digits = new int[shape.additions()];
        shape.digits(digits, Sm2Order.words(k), shape.recoding(), new long[Sm2Order.WORDS]);
        return digits;
    }

    /** What the entry {@code index} of a table is a multiple of its point by. */
    static BigInteger multiple(final CombShape shape, final int table, final int index) {
        BigInteger sum = BigInteger.ONE.shiftLeft(shape.position(shape.teeth() - 1, table));
        for (int tooth = 0; tooth < shape.teeth() - 1; tooth++) {
            final BigInteger term = BigInteger.ONE.shiftLeft(shape.position(tooth, table));
            sum = (index >>> tooth & 1) == 1 ? sum.add(term) : sum.subtract(term);
        }
        return sum;
    }

    private List<BigInteger> scalars() {
        final List<BigInteger> scalars = new ArrayList<>(
                List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO, N.subtract(BigInteger.ONE), N.shiftRight(1)));
        for (int i = 0; i < 200; i++) {
            scalars.add(new BigInteger(256, random).mod(N));
        }
        return scalars;
    }
}
