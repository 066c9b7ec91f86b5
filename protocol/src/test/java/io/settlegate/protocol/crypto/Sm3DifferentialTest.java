package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.junit.jupiter.api.Test;

/** {@link Sm3} against BouncyCastle's digest. */
class Sm3DifferentialTest {
    private static final int MAX_LENGTH = 300;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Sm3 sm3 = new Sm3();
    private final byte[] digest = new byte[Sm3.LENGTH];

    /** What BouncyCastle says. */
    static byte[] expected(final byte[] message) {
        final SM3Digest digest = new SM3Digest();
        digest.update(message, 0, message.length);
        final byte[] result = new byte[Sm3.LENGTH];
        digest.doFinal(result, 0);
        return result;
    }

    @Test
    void shouldAgreeOnEveryLength() {
        for (int length = 0; length <= MAX_LENGTH; length++) {
            final byte[] message = message(length);
            assertThat(Sm3.hash(message)).as("seed %d length %d", seed, length).isEqualTo(expected(message));
        }
    }

    @Test
    void shouldAgreeOnManyBlocks() {
        for (int round = 0; round < 2000; round++) {
            final byte[] message = message(random.nextInt(4096));
            sm3.update(message, 0, message.length).digest(digest, 0);
            assertThat(digest).as("seed %d round %d", seed, round).isEqualTo(expected(message));
        }
    }

    @Test
    void shouldAgreeWhateverThePieces() {
        for (int round = 0; round < 2000; round++) {
            final byte[] message = message(random.nextInt(MAX_LENGTH));
            final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(message.length));
            direct.putBytes(0, message);
            for (int done = 0; done < message.length; ) {
                final int piece = Math.min(random.nextInt(140), message.length - done);
                switch (random.nextInt(4)) {
                    case 0 -> sm3.update(message, done, piece);
                    case 1 -> sm3.update(direct, done, piece);
                    case 2 -> sm3.update(new UnsafeBuffer(message, done, piece), 0, piece);
                    default -> {
                        for (int i = 0; i < piece; i++) {
                            sm3.update(message[done + i]);
                        }
                    }
                }
                done += piece;
            }
            sm3.digest(digest, 0);
            assertThat(digest).as("seed %d round %d", seed, round).isEqualTo(expected(message));
        }
    }

    @Test
    void shouldWriteNothingButTheDigest() {
        final byte[] target = new byte[Sm3.LENGTH + 2];
        Arrays.fill(target, (byte) 7);
        sm3.digest(target, 1);
        assertThat(target[0]).isEqualTo((byte) 7);
        assertThat(target[Sm3.LENGTH + 1]).isEqualTo((byte) 7);
        assertThat(Arrays.copyOfRange(target, 1, 1 + Sm3.LENGTH)).isEqualTo(expected(new byte[0]));
    }

    @Test
    void shouldRefuseRangesOutsideTheMemory() {
        final byte[] message = new byte[10];
        assertThatThrownBy(() -> sm3.update(message, 3, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sm3.update(new UnsafeBuffer(message, 0, 5), 3, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sm3.digest(message, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private byte[] message(final int length) {
        final byte[] message = new byte[length];
        random.nextBytes(message);
        return message;
    }
}
