package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.crypto.sm3.BlockLanes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What {@link Sm3Batch} promises whatever computes it: the digests of BouncyCastle, in the order of the messages. */
abstract class Sm3BatchContract {
    private static final int LANES = BlockLanes.LANES;
    private static final int CAPACITY = 60;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Sm3Batch batch = batch(CAPACITY);

    abstract Sm3Batch batch(int capacity);

    /** A message of every length in every lane, the others being of one, two, or three blocks. */
    @Test
    void shouldAgreeOnEveryLengthInEveryLane() {
        for (int lane = 0; lane < LANES; lane++) {
            for (int length = 0; length <= 300; length++) {
                final List<byte[]> messages = messages(LANES, 180);
                messages.set(lane, message(length));
                check(messages, "lane " + lane + " length " + length);
            }
        }
    }

    /** One lane goes on alone, or is done first. */
    @Test
    void shouldKeepLanesApartWhenOneIsLongOrShort() {
        for (int lane = 0; lane < LANES; lane++) {
            final List<byte[]> longOne = messages(LANES, 50);
            longOne.set(lane, message(2000));
            check(longOne, "long in lane " + lane);
            final List<byte[]> shortOne = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                shortOne.add(message(i == lane ? 3 : 700));
            }
            check(shortOne, "short in lane " + lane);
        }
    }

    @Test
    void shouldAgreeWhateverTheCountAndLengths() {
        for (int round = 0; round < 1000; round++) {
            check(messages(random.nextInt(CAPACITY + 1), 1 + random.nextInt(600)), "round " + round);
        }
    }

    /** Every bit of a message and of its length counts, in every lane. */
    @Test
    void shouldGiveOtherDigestsForOtherMessages() {
        final byte[] zeros = new byte[200];
        for (int lane = 0; lane < LANES; lane++) {
            final List<byte[]> messages = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                messages.add(i == lane ? new byte[201] : zeros);
            }
            check(messages, "lane " + lane);
        }
    }

    @Test
    void shouldTakeMessagesInPieces() {
        final byte[] message = message(150);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(150));
        direct.putBytes(0, message);
        final byte[] digests = new byte[3 * Sm3.LENGTH];
        for (int i = 0; i < 3; i++) {
            batch.update(message[0]).update(message, 1, 60);
            batch.update(direct, 61, 9);
            batch.update(new UnsafeBuffer(message, 70, 80), 0, 80);
            assertThat(batch.end()).isEqualTo(i);
        }
        batch.digest(digests, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(digest(digests, i)).isEqualTo(Sm3DifferentialTest.expected(message));
        }
        batch.updateLong(0x0102030405060708L).end();
        batch.digest(digests, 0);
        assertThat(digest(digests, 0)).isEqualTo(Sm3DifferentialTest.expected(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}));
    }

    @Test
    void shouldForgetWhatWasNotClosedOrIsCleared() {
        final byte[] digests = new byte[Sm3.LENGTH];
        batch.update((byte) 1).end();
        batch.update((byte) 2);
        batch.clear();
        batch.update((byte) 3).end();
        batch.update((byte) 4);
        batch.digest(digests, 0);
        assertThat(digests).isEqualTo(Sm3DifferentialTest.expected(new byte[] {3}));
        assertThat(batch.count()).isZero();
        batch.end();
        batch.digest(digests, 0);
        assertThat(digests).isEqualTo(Sm3DifferentialTest.expected(new byte[0]));
    }

    @Test
    void shouldRefuseMoreThanItHoldsAndRangesOutside() {
        final Sm3Batch small = batch(1);
        assertThatThrownBy(() -> small.update(new byte[4], 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        small.end();
        assertThat(small.isFull()).isTrue();
        assertThatThrownBy(small::end).isInstanceOf(IllegalStateException.class).hasMessageContaining("holds 1");
        assertThatThrownBy(() -> small.digest(new byte[31], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private void check(final List<byte[]> messages, final String what) {
        for (final byte[] message : messages) {
            batch.update(message, 0, message.length).end();
        }
        final byte[] digests = new byte[5 + messages.size() * Sm3.LENGTH + 1];
        Arrays.fill(digests, (byte) 9);
        batch.digest(digests, 5);
        for (int i = 0; i < messages.size(); i++) {
            final byte[] digest = Arrays.copyOfRange(digests, 5 + i * Sm3.LENGTH, 5 + (i + 1) * Sm3.LENGTH);
            assertThat(digest)
                    .as("seed %d, %s, message %d", seed, what, i)
                    .isEqualTo(Sm3DifferentialTest.expected(messages.get(i)))
                    .isEqualTo(Sm3.hash(messages.get(i)));
        }
        assertThat(digests[4]).isEqualTo((byte) 9);
        assertThat(digests[digests.length - 1]).isEqualTo((byte) 9);
    }

    private static byte[] digest(final byte[] digests, final int index) {
        return Arrays.copyOfRange(digests, index * Sm3.LENGTH, (index + 1) * Sm3.LENGTH);
    }

    private List<byte[]> messages(final int count, final int maxLength) {
        final List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(message(random.nextInt(maxLength + 1)));
        }
        return messages;
    }

    private byte[] message(final int length) {
        final byte[] message = new byte[length];
        random.nextBytes(message);
        return message;
    }
}
