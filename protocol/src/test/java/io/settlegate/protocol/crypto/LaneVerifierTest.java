package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The lanes, with keys that have tables, none, and some of both. */
class LaneVerifierTest extends SignatureVerifierContract {
    private final KeyTables tables = new KeyTables(64L * KeyTables.TABLE_BYTES);

    @Override
    SignatureVerifier verifier() {
        return new PreparingVerifier(lanes(), tables);
    }

    private LaneVerifier lanes() {
        return new LaneVerifier(SignatureSelection.lanes().orElseThrow(), tables);
    }

    @Test
    void shouldMixKeysWithAndWithoutTables() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final LaneVerifier verifier = lanes();
        final SignatureBatch batch = new SignatureBatch(19);
        for (int round = 0; round < 20; round++) {
            batch.clear();
            final boolean[] expected = new boolean[1 + random.nextInt(19)];
            for (int i = 0; i < expected.length; i++) {
                final Sm2PrivateKey key = Sm2PrivateKey.generate(new SeededRandom(random));
                if (random.nextBoolean()) {
                    tables.prepareNow(key.publicKey());
                }
                final byte[] signed = signed(key, random);
                expected[i] = random.nextInt(3) > 0;
                if (!expected[i]) {
                    signed[signed.length - 1 - random.nextInt(Sm2Signer.SIGNATURE_LENGTH)] ^= 4;
                }
                batch.add(key.publicKey(), signed, 0, signed.length - Sm2Signer.SIGNATURE_LENGTH);
            }
            verifier.verify(batch);
            for (int i = 0; i < expected.length; i++) {
                assertThat(batch.verdict(i))
                        .as("seed %d round %d place %d", seed, round, i)
                        .isEqualTo(expected[i]);
            }
        }
        assertThat(verifier.undecided()).isZero();
    }
}
