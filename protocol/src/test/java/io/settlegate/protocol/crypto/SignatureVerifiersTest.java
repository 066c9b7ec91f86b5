package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SignatureVerifiersTest {
    private static final long TABLES_LENGTH = 64L * KeyTables.TABLE_BYTES;

    private final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
    private final byte[] signed = SignatureVerifierContract.signed(key, new Random(5));
    private final int length = signed.length - Sm2Signer.SIGNATURE_LENGTH;

    @Test
    void shouldVerifyAtOnceAndGoOverToWhatIsSelected() {
        final List<SignatureSelection> heard = Collections.synchronizedList(new ArrayList<>());
        try (SignatureVerifiers verifiers = new SignatureVerifiers("auto", TABLES_LENGTH, heard::add)) {
            final SignatureVerifier verifier = verifiers.newVerifier();
            assertThat(verifier.verify(key.publicKey(), signed, 0, length)).isTrue();
            final SignatureSelection settled = verifiers.settled();

            assertThat(verifiers.selection()).isSameAs(settled).isSameAs(SignatureSelection.automatic());
            assertThat(heard).containsExactly(settled);
            assertThat(verifier.verify(key.publicKey(), signed, 0, length)).isTrue();
            signed[0] ^= 1;
            assertThat(verifier.verify(key.publicKey(), signed, 0, length)).isFalse();
            assertThat(verifiers.overruledCount()).isZero();
        }
    }

    @Test
    void shouldTakeWhatIsForcedAndBuildNoTablesForTheLibrary() {
        try (SignatureVerifiers verifiers = new SignatureVerifiers("bouncycastle", TABLES_LENGTH, selection -> {})) {
            assertThat(verifiers.settled().path()).isEqualTo(SignaturePath.BOUNCYCASTLE);
            verifiers.prepare(key.publicKey());
            assertThat(verifiers.tables().capacity()).isZero();
            assertThat(verifiers.newVerifier().verify(key.publicKey(), signed, 0, length))
                    .isTrue();
        }
    }

    @Test
    void shouldRefuseAnUnknownSettingAtOnce() {
        assertThatThrownBy(() -> new SignatureVerifiers("fastest", 0, selection -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auto, vector, scalar, bouncycastle");
    }
}
