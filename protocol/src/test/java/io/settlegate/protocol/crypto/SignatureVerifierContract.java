package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.junit.jupiter.api.Test;

/** What every {@link SignatureVerifier} must do; the judge is BouncyCastle's own signer. */
abstract class SignatureVerifierContract {
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(Sm2Curve.PARAMETERS);
    private static final int ROUNDS = 400;

    abstract SignatureVerifier verifier();

    @Test
    void shouldAgreeWithBouncyCastleOnValidAndDamagedSignatures() throws CryptoException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final SignatureVerifier verifier = verifier();
        int valid = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
            final byte[] signed = signed(key, random);
            if (random.nextBoolean()) {
                signed[random.nextInt(signed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            final int length = signed.length - Sm2Signer.SIGNATURE_LENGTH;
            final boolean expected = judge(key.publicKey(), signed, length);
            assertThat(verifier.verify(key.publicKey(), signed, 0, length))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(expected);
            valid += expected ? 1 : 0;
        }
        assertThat(valid).as("valid of %d", ROUNDS).isBetween(ROUNDS / 4, ROUNDS * 3 / 4);
    }

    @Test
    void shouldRefuseScalarsOutOfRange() {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        final BigInteger n = Sm2Curve.N;
        final BigInteger p = Sm2Curve.CURVE.getField().getCharacteristic();
        final BigInteger max = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        final byte[] good = signed(key, new Random(1));
        final int length = good.length - Sm2Signer.SIGNATURE_LENGTH;
        for (final BigInteger edge : new BigInteger[] {BigInteger.ZERO, n, n.add(BigInteger.ONE), p, max}) {
            for (int scalar = 0; scalar < 2; scalar++) {
                final byte[] bad = good.clone();
                Sm2Curve.putScalar(edge, bad, length + scalar * Sm2Curve.SCALAR_LENGTH);
                assertThat(verifier().verify(key.publicKey(), bad, 0, length))
                        .as("edge %s at %d", edge, scalar)
                        .isFalse();
            }
        }
    }

    @Test
    void shouldRefuseWhenRPlusSIsZero() {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        final byte[] bad = signed(key, new Random(2));
        final int length = bad.length - Sm2Signer.SIGNATURE_LENGTH;
        final BigInteger r = Sm2Curve.scalar(bad, length);
        Sm2Curve.putScalar(Sm2Curve.N.subtract(r), bad, length + Sm2Curve.SCALAR_LENGTH);
        assertThat(verifier().verify(key.publicKey(), bad, 0, length)).isFalse();
    }

    @Test
    void shouldGiveEachSignatureOfABatchItsOwnVerdict() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final SignatureBatch batch = new SignatureBatch(8);
        for (int round = 0; round < 40; round++) {
            batch.clear();
            final int count = 1 + random.nextInt(8);
            final boolean[] expected = new boolean[count];
            for (int i = 0; i < count; i++) {
                final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
                final byte[] signed = signed(key, random);
                expected[i] = random.nextInt(3) > 0;
                if (!expected[i]) {
                    signed[0] ^= 1;
                }
                assertThat(batch.add(key.publicKey(), signed, 0, signed.length - Sm2Signer.SIGNATURE_LENGTH))
                        .isEqualTo(i);
            }
            verifier().verify(batch);
            for (int i = 0; i < count; i++) {
                assertThat(batch.verdict(i))
                        .as("seed %d round %d lane %d", seed, round, i)
                        .isEqualTo(expected[i]);
            }
        }
    }

    @Test
    void shouldTakeWhatBouncyCastleSigns() throws CryptoException {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        final byte[] message = new byte[777];
        new Random(3).nextBytes(message);
        final SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        signer.init(true, new ParametersWithRandom(new ECPrivateKeyParameters(key.d, DOMAIN), new SecureRandom()));
        signer.update(message, 0, message.length);
        final byte[] signature = signer.generateSignature();
        final byte[] signed = java.util.Arrays.copyOf(message, message.length + signature.length);
        System.arraycopy(signature, 0, signed, message.length, signature.length);
        assertThat(verifier().verify(key.publicKey(), signed, 0, message.length))
                .isTrue();
    }

    private static boolean judge(final Sm2PublicKey key, final byte[] signed, final int length) {
        final SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        signer.init(false, new ECPublicKeyParameters(key.point, DOMAIN));
        signer.update(signed, 0, length);
        return signer.verifySignature(java.util.Arrays.copyOfRange(signed, length, signed.length));
    }

    static byte[] signed(final Sm2PrivateKey key, final Random random) {
        final int length = 1 + random.nextInt(1000);
        final byte[] bytes = new byte[length + Sm2Signer.SIGNATURE_LENGTH];
        random.nextBytes(bytes);
        new Sm2Signer(key, new SecureRandom()).sign(bytes, 0, length, bytes, length);
        return bytes;
    }
}
