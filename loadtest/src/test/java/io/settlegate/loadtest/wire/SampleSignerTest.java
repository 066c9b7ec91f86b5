package io.settlegate.loadtest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleSignerTest {
    private static final int SIGNATURES = 600;

    @Test
    void shouldMakeSignaturesThatAnotherImplementationTakesOverManyBlocks() {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        final SampleSigner signer = new SampleSigner(key);
        final BouncyCastleVerifier verifier = new BouncyCastleVerifier();
        final Random random = new Random(1);
        final Set<String> seen = new HashSet<>();
        for (int i = 0; i < SIGNATURES; i++) {
            final byte[] message = new byte[100 + i + 64];
            random.nextBytes(message);
            signer.sign(message, 0, 100 + i, message, 100 + i);

            assertThat(verifier.verify(key.publicKey(), message, 0, 100 + i))
                    .as("signature %d", i)
                    .isTrue();
            assertThat(seen.add(Arrays.toString(Arrays.copyOfRange(message, 100 + i, message.length))))
                    .isTrue();
            message[50] ^= 1;
            if (i < 10) {
                assertThat(verifier.verify(key.publicKey(), message, 0, 100 + i))
                        .isFalse();
            }
        }
    }
}
