package io.settlegate.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.junit.jupiter.api.Test;

/**
 * Digests written into new arrays that are copied at once, so often that the optimizing compiler has its say. On JDK 17 half of
 * these roots were wrong when a digest was written as ints into bytes.
 */
class CompiledDigestTest {
    private static final int RANGES = 4_000;
    private static final int APPENDS = 20;
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    @Test
    void shouldAgreeWithTheLibraryOnceCompiled() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < RANGES; i++) {
            final MountainRange range = new MountainRange();
            final byte[][] peaks = new byte[Long.SIZE][];
            for (int count = 0; count < APPENDS; count++) {
                final byte[] hash = new byte[32];
                random.nextBytes(hash);
                range.append(hash, 0);
                append(peaks, count, hash);
                assertThat(range.root())
                        .as("seed %d, range %d, %d hashes", seed, i, count + 1)
                        .isEqualTo(root(peaks, count + 1));
            }
        }
    }

    private static void append(final byte[][] peaks, final int count, final byte[] hash) {
        byte[] carry = digest(LEAF, hash);
        int height = 0;
        for (int bits = count; (bits & 1) == 1; bits >>>= 1) {
            carry = digest(NODE, peaks[height], carry);
            height++;
        }
        peaks[height] = carry;
    }

    private static byte[] root(final byte[][] peaks, final int count) {
        byte[] root = null;
        for (int height = 0; height < Integer.SIZE; height++) {
            if ((count >>> height & 1) == 1) {
                root = root == null ? peaks[height] : digest(NODE, peaks[height], root);
            }
        }
        return root;
    }

    private static byte[] digest(final byte[]... parts) {
        final SM3Digest sm3 = new SM3Digest();
        for (final byte[] part : parts) {
            sm3.update(part, 0, part.length);
        }
        final byte[] result = new byte[sm3.getDigestSize()];
        sm3.doFinal(result, 0);
        return result;
    }
}
