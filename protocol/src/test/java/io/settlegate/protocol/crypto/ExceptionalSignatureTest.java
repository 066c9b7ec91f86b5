package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.sm2.ExceptionalScalars;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whoever owns a key can make signatures that lead the fast code into an exceptional addition; they are invalid, as their digest would
 * have to be hit by chance. The complete code must be asked, and the other lanes must not notice.
 */
class ExceptionalSignatureTest {
    private static final int LENGTH = 100;

    private final long seed = System.nanoTime();
    private final SeededRandom source = new SeededRandom(new Random(seed));
    private final KeyTables tables = new KeyTables(64L * KeyTables.TABLE_BYTES);

    @Test
    void shouldAskTheCompleteCodeFromScalarCode() {
        final ScalarVerifier prepared = new ScalarVerifier(tables);
        final ScalarVerifier unprepared = new ScalarVerifier(KeyTables.none());
        for (int kind = 0; kind < 2; kind++) {
            final SignatureBatch batch = new SignatureBatch(1);
            addExceptional(batch, kind);
            prepared.verify(batch);
            assertThat(batch.verdict(0)).isFalse();
            assertThat(prepared.undecided()).isEqualTo(kind + 1);
            unprepared.verify(batch);
            assertThat(batch.verdict(0)).isFalse();
            assertThat(unprepared.undecided()).isEqualTo(kind + 1);
        }
    }

    @Test
    void shouldAskTheCompleteCodeFromEachLane() {
        checkEachLane(new LaneVerifier(SignatureSelection.lanes().orElseThrow(), tables));
    }

    @Test
    void shouldAskTheCompleteCodeFromEachLaneOfKeysWithoutTable() {
        checkEachLane(new LaneVerifier(SignatureSelection.lanes().orElseThrow(), KeyTables.none()));
    }

    private void checkEachLane(final LaneVerifier verifier) {
        for (int place = 0; place < 8; place++) {
            final SignatureBatch batch = new SignatureBatch(8);
            for (int i = 0; i < 8; i++) {
                if (i == place) {
                    addExceptional(batch, place);
                } else {
                    addValid(batch);
                }
            }
            verifier.verify(batch);
            for (int i = 0; i < 8; i++) {
                assertThat(batch.verdict(i))
                        .as("seed %d, lane %d, exceptional %d", seed, i, place)
                        .isEqualTo(i != place);
            }
            assertThat(verifier.undecided()).isEqualTo(place + 1);
        }
    }

    private void addValid(final SignatureBatch batch) {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(source);
        tables.prepareNow(key.publicKey());
        final byte[] signed = new byte[LENGTH + Sm2Signer.SIGNATURE_LENGTH];
        new Sm2Signer(key, source).sign(signed, 0, LENGTH, signed, LENGTH);
        batch.add(key.publicKey(), signed, 0, LENGTH);
    }

    private void addExceptional(final SignatureBatch batch, final int kind) {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(source);
        tables.prepareNow(key.publicKey());
        final BigInteger s = Sm2PrivateKey.generate(source).d;
        final byte[] signed = new byte[LENGTH + Sm2Signer.SIGNATURE_LENGTH];
        Sm2Curve.putScalar(ExceptionalScalars.r(key.d, s, kind), signed, LENGTH);
        Sm2Curve.putScalar(s, signed, LENGTH + Sm2Curve.SCALAR_LENGTH);
        batch.add(key.publicKey(), signed, 0, LENGTH);
    }
}
