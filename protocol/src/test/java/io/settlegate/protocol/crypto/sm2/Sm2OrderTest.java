package io.settlegate.protocol.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Sm2OrderTest {
    private static final BigInteger N = Sm2Order.N;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final long[] out = new long[Sm2Order.WORDS];

    @Test
    void shouldCountAsIntegersDo() {
        final List<BigInteger> numbers = numbersBelowN();
        for (final BigInteger a : numbers) {
            Sm2Order.half(out, Sm2Order.words(a));
            assertThat(number(out))
                    .as("seed %d", seed)
                    .isEqualTo(a.multiply(BigInteger.TWO.modInverse(N)).mod(N));
            for (final BigInteger b : numbers) {
                Sm2Order.add(out, Sm2Order.words(a), Sm2Order.words(b));
                assertThat(number(out)).as("seed %d", seed).isEqualTo(a.add(b).mod(N));
                Sm2Order.sub(out, Sm2Order.words(a), Sm2Order.words(b));
                assertThat(number(out))
                        .as("seed %d", seed)
                        .isEqualTo(a.subtract(b).mod(N));
                Sm2Order.mul(out, Sm2Order.words(a), Sm2Order.words(b));
                assertThat(number(out))
                        .as("seed %d", seed)
                        .isEqualTo(a.multiply(b).mod(N));
            }
        }
    }

    @Test
    void shouldCompareAndReduceAnyNumberOf256Bits() {
        final List<BigInteger> numbers = numbersBelowN();
        for (final BigInteger offset : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, Sm2Field.P.subtract(N)}) {
            numbers.add(N.add(offset));
        }
        numbers.add(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
        for (final BigInteger a : numbers) {
            final long[] words = Sm2Order.words(a);
            assertThat(Sm2Order.isBelowN(words)).isEqualTo(a.compareTo(N) < 0);
            assertThat(Sm2Order.isZero(words)).isEqualTo(a.signum() == 0);
            Sm2Order.reduce(out, words);
            assertThat(number(out)).isEqualTo(a.mod(N));
            final byte[] bytes = new byte[40];
            Sm2Order.put(bytes, 3, words);
            assertThat(new BigInteger(1, bytes, 3, 32)).isEqualTo(a);
            Sm2Order.get(out, bytes, 3);
            assertThat(out).isEqualTo(words);
        }
    }

    @Test
    void shouldTellWhetherASecondXIsBelowP() {
        final BigInteger room = Sm2Field.P.subtract(N);
        for (final BigInteger a : numbersBelowN()) {
            assertThat(Sm2Order.plusNIsBelowP(out, Sm2Order.words(a))).isEqualTo(a.compareTo(room) < 0);
        }
        assertThat(Sm2Order.plusNIsBelowP(out, Sm2Order.words(room.subtract(BigInteger.ONE))))
                .isTrue();
        assertThat(number(out)).isEqualTo(Sm2Field.P.subtract(BigInteger.ONE));
        assertThat(Sm2Order.plusNIsBelowP(out, Sm2Order.words(room))).isFalse();
    }

    private List<BigInteger> numbersBelowN() {
        final List<BigInteger> numbers = new ArrayList<>(List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                N.subtract(BigInteger.ONE),
                N.shiftRight(1),
                N.shiftRight(1).add(BigInteger.ONE),
                BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
                BigInteger.TWO.pow(255),
                BigInteger.TWO.pow(192).subtract(BigInteger.ONE)));
        for (int i = 0; i < 60; i++) {
            numbers.add(new BigInteger(256 - 4 * i, random).mod(N));
        }
        return numbers;
    }

    static BigInteger number(final long[] words) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = words.length - 1; i >= 0; i--) {
            sum = sum.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[i])));
        }
        return sum;
    }
}
