package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.sm2.Verdict;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The example of GB/T 32918.5 (GM/T 0003.5), annex A: message digest, user id 1234567812345678. */
class StandardVectorTest {
    private static final String D = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    private static final String P = "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
            + "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
    private static final String R = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3";
    private static final String S = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
    private static final String K = "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21";
    private static final String Z = "B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3";
    private static final String E = "F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640";
    private static final int LANES = 8;
    private static final byte[] MESSAGE = "message digest".getBytes(StandardCharsets.US_ASCII);

    @Test
    void shouldGiveTheKeyAndZOfTheStandard() {
        final Sm2PrivateKey key = Sm2PrivateKey.of(new BigInteger(D, 16));
        assertThat(key.publicKey()).isEqualTo(Sm2PublicKey.decodeHex(P));
        assertThat(HexFormat.of().withUpperCase().formatHex(key.publicKey().z)).isEqualTo(Z);
    }

    @Test
    void shouldSignAsTheStandardDoesWithItsNonce() {
        final Sm2PrivateKey key = Sm2PrivateKey.of(new BigInteger(D, 16));
        final byte[] nonce = HexFormat.of().parseHex(K);
        final SecureRandom source = new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(final byte[] bytes) {
                System.arraycopy(nonce, 0, bytes, 0, bytes.length);
            }
        };
        final byte[] signature = new byte[Sm2Signer.SIGNATURE_LENGTH];
        Sm2Signer.withNoncesFrom(key, source).sign(MESSAGE, 0, MESSAGE.length, signature, 0);
        assertThat(HexFormat.of().withUpperCase().formatHex(signature)).isEqualTo(R + S);
    }

    @Test
    void shouldVerifyTheSignatureOfTheStandardOnEveryPath() {
        final Sm2PublicKey key = Sm2PublicKey.decodeHex(P);
        final byte[] signed = HexFormat.of().parseHex(HexFormat.of().formatHex(MESSAGE) + R + S);
        try (KeyTables tables = new KeyTables(KeyTables.TABLE_BYTES)) {
            tables.prepareNow(key);
            VerificationPaths.all(tables).forEach((name, verifier) -> {
                final SignatureBatch batch = new SignatureBatch(LANES);
                for (int damagedLane = 0; damagedLane < LANES; damagedLane++) {
                    batch.clear();
                    for (int i = 0; i < LANES; i++) {
                        final byte[] copy = signed.clone();
                        copy[0] ^= (byte) (i == damagedLane ? 1 : 0);
                        batch.add(key, copy, 0, MESSAGE.length);
                    }
                    verifier.verify(batch);
                    for (int i = 0; i < LANES; i++) {
                        assertThat(batch.verdict(i))
                                .as("%s lane %d, damaged %d", name, i, damagedLane)
                                .isEqualTo(i != damagedLane);
                    }
                }
            });
        }
    }

    /** The lanes themselves, with the digest that the standard prints. */
    @Test
    void shouldVerifyTheSignatureOfTheStandardInTheLanes() {
        final Sm2PublicKey key = Sm2PublicKey.decodeHex(P);
        final byte[] signed = HexFormat.of().parseHex(HexFormat.of().formatHex(MESSAGE) + R + S);
        final SignedCase one = SignedCase.judged("standard", key, signed);
        assertThat(HexFormat.of().withUpperCase().formatHex(one.digest())).isEqualTo(E);
        assertThat(one.isValid()).isTrue();
        final RawLanes lanes = new RawLanes();
        assertThat(lanes.byCombs(Collections.nCopies(LANES, one))).containsOnly(Verdict.VALID);
        assertThat(lanes.byWindows(Collections.nCopies(LANES, one))).containsOnly(Verdict.VALID);
    }
}
