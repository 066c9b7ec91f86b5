package io.settlegate.gateway.benefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.benefits.file.PolicyFile;
import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyBytes;
import io.settlegate.gateway.benefits.policy.PolicyBytesReader;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A policy as the bytes that a journal can carry. */
final class PolicyBytesTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private PolicyDefinition next() throws IOException {
        return PolicyFile.read("seed " + seed, new RandomPolicies(random).next(1, "2026-01-01", "2027-01-01"));
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        for (int round = 0; round < 100; round++) {
            final PolicyDefinition policy = next();
            final byte[] bytes = PolicyBytes.of(policy);
            assertThat(PolicyBytesReader.read(ByteBuffer.wrap(bytes)))
                    .as("seed %d", seed)
                    .isEqualTo(policy);
            assertThat(PolicyBytes.of(PolicyBytesReader.read(ByteBuffer.wrap(bytes))))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void shouldRefuseBytesThatAreCutOrTooMany() throws IOException {
        final byte[] bytes = PolicyBytes.of(next());
        for (int length = 0; length < bytes.length; length++) {
            final byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PolicyBytesReader.read(ByteBuffer.wrap(cut)))
                    .as("seed %d, %d bytes", seed, length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> PolicyBytesReader.read(ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 are left over");
    }

    @Test
    void shouldNeverFailOtherwiseOnBytesThatAreWrong() throws IOException {
        final byte[] bytes = PolicyBytes.of(next());
        for (int round = 0; round < 5_000; round++) {
            final byte[] wrong = bytes.clone();
            wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                Policy.compile(PolicyBytesReader.read(ByteBuffer.wrap(wrong)));
            } catch (final IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
