package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SignatureSelectionTest {
    @Test
    void shouldMeasureWhatTheMachineOffers() {
        final SignatureSelection selection = SignatureSelection.of("auto");
        assertThat(selection.ratesPerSecond()).containsKeys(SignaturePath.SCALAR, SignaturePath.BOUNCYCASTLE);
        assertThat(selection.ratesPerSecond().containsKey(SignaturePath.VECTOR))
                .isEqualTo(SignatureSelection.isVectorOffered());
        final long best = selection.ratesPerSecond().get(selection.path());
        assertThat(selection.ratesPerSecond().values()).allMatch(rate -> rate > 0 && rate <= best);
        assertThat(selection.description())
                .startsWith("signatures: ")
                .contains("scalar ")
                .contains("/s");
    }

    @Test
    void shouldTakeThePathThatIsForced() {
        assertThat(SignatureSelection.of("scalar").newVerifier(KeyTables.none()))
                .isInstanceOf(ScalarVerifier.class);
        assertThat(SignatureSelection.of("bouncycastle").newVerifier(KeyTables.none()))
                .isInstanceOf(BouncyCastleVerifier.class);
        final SignatureSelection vector = SignatureSelection.of("vector");
        assertThat(vector.path() == SignaturePath.VECTOR).isEqualTo(SignatureSelection.isVectorOffered());
    }

    @Test
    void shouldRefuseUnknownSettings() {
        assertThatThrownBy(() -> SignatureSelection.of("fastest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auto, vector, scalar, bouncycastle");
    }
}
