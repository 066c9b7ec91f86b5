package io.settlegate.protocol.receipt.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.MountainRange;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Laws of the two proofs over every pair of sizes, against the definitions of RFC 9162 written down word for word. */
final class RangeProofsTest {
    private static final int SEALS = 130;
    private static final long SEED = 20_261_128L;

    private static final byte[][] HASHES = new byte[SEALS][Sm3.LENGTH];
    private static final byte[][] ROOTS = new byte[SEALS + 1][];

    @BeforeAll
    static void fill() {
        final Random random = new Random(SEED);
        final MountainRange range = new MountainRange();
        ROOTS[0] = range.root();
        for (int i = 0; i < SEALS; i++) {
            random.nextBytes(HASHES[i]);
            range.append(HASHES[i], 0);
            ROOTS[i + 1] = range.root();
        }
    }

    private static byte[] path(final RangeProver prover) {
        for (final byte[] hash : HASHES) {
            prover.accept(hash, 0);
        }
        return prover.path();
    }

    @Test
    void shouldShowEverySealUnderEveryLaterHead() {
        for (int count = 1; count <= SEALS; count++) {
            for (int number = 0; number < count; number++) {
                final byte[] path = path(RangeProver.ofInclusion(number, count));
                assertThat(path)
                        .as("seed %d, %d of %d", SEED, number, count)
                        .isEqualTo(referencePath(number, 0, count));
                assertThat(RangeProofs.isIncluded(HASHES[number], number, count, path, ROOTS[count]))
                        .isTrue();
                final int other = (number + 1) % SEALS;
                assertThat(RangeProofs.isIncluded(HASHES[other], number, count, path, ROOTS[count]))
                        .isFalse();
                assertThat(RangeProofs.isIncluded(HASHES[number], number, count, path, ROOTS[count - 1]))
                        .isFalse();
                // At another place the same hash is not what stands there.
                if (count > 1) {
                    assertThat(RangeProofs.isIncluded(HASHES[number], (number + 1) % count, count, path, ROOTS[count]))
                            .as("%d at the place after it, of %d", number, count)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void shouldShowEveryPairOfHeadsToBeConsistent() {
        for (int count = 0; count <= SEALS; count++) {
            for (int old = 0; old <= count; old++) {
                final byte[] path = path(RangeProver.ofConsistency(old, count));
                final byte[] expected = old == 0 ? new byte[0] : referenceProof(old, 0, count, true);
                assertThat(path).as("seed %d, %d in %d", SEED, old, count).isEqualTo(expected);
                assertThat(RangeProofs.isConsistent(old, ROOTS[old], count, ROOTS[count], path))
                        .as("%d in %d", old, count)
                        .isTrue();
                assertThat(RangeProofs.isConsistent(
                                old, ROOTS[old], count, ROOTS[count], Arrays.copyOf(path, path.length + Sm3.LENGTH)))
                        .isFalse();
                if (path.length > 0) {
                    assertThat(RangeProofs.isConsistent(
                                    old,
                                    ROOTS[old],
                                    count,
                                    ROOTS[count],
                                    Arrays.copyOf(path, path.length - Sm3.LENGTH)))
                            .isFalse();
                }
            }
        }
    }

    /** One bit of any hash, on either side, and nothing is shown. */
    @Test
    void shouldRefuseEveryFlippedBitOfAPathAndOfARoot() {
        final Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            final int count = 2 + random.nextInt(SEALS - 1);
            final int old = 1 + random.nextInt(count - 1);
            final byte[] inclusion = path(RangeProver.ofInclusion(old, count));
            final byte[] consistency = path(RangeProver.ofConsistency(old, count));
            final int bit = random.nextInt(inclusion.length * Byte.SIZE);
            assertThat(RangeProofs.isIncluded(HASHES[old], old, count, flipped(inclusion, bit), ROOTS[count]))
                    .isFalse();
            final int other = random.nextInt(consistency.length * Byte.SIZE);
            assertThat(RangeProofs.isConsistent(old, ROOTS[old], count, ROOTS[count], flipped(consistency, other)))
                    .as("%d in %d, bit %d", old, count, other)
                    .isFalse();
            final int ofRoot = random.nextInt(Sm3.LENGTH * Byte.SIZE);
            assertThat(RangeProofs.isConsistent(old, flipped(ROOTS[old], ofRoot), count, ROOTS[count], consistency))
                    .isFalse();
            assertThat(RangeProofs.isConsistent(old, ROOTS[old], count, flipped(ROOTS[count], ofRoot), consistency))
                    .isFalse();
        }
    }

    @Test
    void shouldSayNoToCountsThatCannotBe() {
        assertThat(RangeProofs.isConsistent(-1, ROOTS[0], 5, ROOTS[5], new byte[0]))
                .isFalse();
        assertThat(RangeProofs.isConsistent(6, ROOTS[6], 5, ROOTS[5], new byte[0]))
                .isFalse();
        assertThat(RangeProofs.isConsistent(Long.MAX_VALUE - 1, ROOTS[5], Long.MAX_VALUE, ROOTS[6], new byte[2048]))
                .isFalse();
        assertThat(RangeProofs.isIncluded(HASHES[0], 5, 5, new byte[0], ROOTS[5]))
                .isFalse();
        assertThat(RangeProofs.isIncluded(HASHES[0], -1, 5, new byte[0], ROOTS[5]))
                .isFalse();
    }

    private static byte[] flipped(final byte[] bytes, final int bit) {
        final byte[] result = bytes.clone();
        result[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return result;
    }

    /** PATH(m, D[from:to]) of section 2.1.3.1. */
    private static byte[] referencePath(final int number, final int from, final int to) {
        if (to - from == 1) {
            return new byte[0];
        }
        final int k = from + split(to - from);
        return number < k
                ? joined(referencePath(number, from, k), head(k, to))
                : joined(referencePath(number, k, to), head(from, k));
    }

    /** SUBPROOF(m, D[from:to], b) of section 2.1.4.1; {@code old} counts from 0. */
    private static byte[] referenceProof(final int old, final int from, final int to, final boolean isWhole) {
        if (old == to) {
            return isWhole ? new byte[0] : head(from, to);
        }
        final int k = from + split(to - from);
        return old <= k
                ? joined(referenceProof(old, from, k, isWhole), head(k, to))
                : joined(referenceProof(old, k, to, false), head(from, k));
    }

    /** MTH(D[from:to]) of section 2.1.1. */
    private static byte[] head(final int from, final int to) {
        if (to - from == 1) {
            return Sm3.hash(joined(new byte[] {0}, HASHES[from]));
        }
        final int k = from + split(to - from);
        return Sm3.hash(joined(new byte[] {1}, joined(head(from, k), head(k, to))));
    }

    private static int split(final int count) {
        return Integer.highestOneBit(count - 1);
    }

    private static byte[] joined(final byte[] first, final byte[] second) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
