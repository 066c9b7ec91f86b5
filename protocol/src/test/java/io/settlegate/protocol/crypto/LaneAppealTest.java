package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.sm2.Equation;
import io.settlegate.protocol.crypto.sm2.EquationLanes;
import io.settlegate.protocol.crypto.sm2.Verdict;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lanes at fault, which hold every signature for bad. */
class LaneAppealTest {
    private static final int SIGNATURES = 24;
    private static final int GOOD = 16;

    private final KeyTables tables = new KeyTables(64L * KeyTables.TABLE_BYTES);

    @Test
    void shouldGiveGoodSignaturesTheirRightAndCountWhatLanesGotWrong() {
        final LaneVerifier verifier = new LaneVerifier(new DenyingLanes(), tables);
        final SignatureBatch batch = new SignatureBatch(SIGNATURES);
        final Random random = new Random(3);
        for (int i = 0; i < SIGNATURES; i++) {
            final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
            if (i % 2 == 0) {
                tables.prepareNow(key.publicKey());
            }
            final byte[] signed = SignatureVerifierContract.signed(key, random);
            if (i >= GOOD) {
                signed[0] ^= 1;
            }
            batch.add(key.publicKey(), signed, 0, signed.length - Sm2Signer.SIGNATURE_LENGTH);
        }

        verifier.verify(batch);

        for (int i = 0; i < SIGNATURES; i++) {
            assertThat(batch.verdict(i)).as("signature %d", i).isEqualTo(i < GOOD);
        }
        assertThat(verifier.overruledCount()).isEqualTo(GOOD);
    }

    @Test
    void shouldNotBeChosenAtStart() {
        assertThat(new PathMeasurement().ratePerSecond(measured -> new LaneVerifier(new DenyingLanes(), measured), 0))
                .isZero();
        assertThat(new PathMeasurement().ratePerSecond(ScalarVerifier::new, 0)).isPositive();
    }

    private static final class DenyingLanes implements EquationLanes {
        @Override
        public boolean isNative() {
            return true;
        }

        @Override
        public void decide(final Equation[] equations, final long[] keyTables, final Verdict[] verdicts) {
            Arrays.fill(verdicts, Verdict.INVALID);
        }

        @Override
        public void decideByWindows(final Equation[] equations, final long[] windows, final Verdict[] verdicts) {
            Arrays.fill(verdicts, Verdict.INVALID);
        }
    }
}
