package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SignatureVerifier} must do. Batches of eight, as fewer signatures never meet the lanes; {@link
 * PathDifferentialTest} compares random ones.
 */
abstract class SignatureVerifierContract {
    private static final int LANES = 8;
    private static final BigInteger N = Sm2Curve.N;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final SeededRandom source = new SeededRandom(random);

    abstract SignatureVerifier verifier();

    @Test
    void shouldRefuseScalarsOutOfRange() {
        final BigInteger p = Sm2Curve.CURVE.getField().getCharacteristic();
        final BigInteger max = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        for (final BigInteger edge : new BigInteger[] {
            BigInteger.ZERO, BigInteger.ONE, N.subtract(BigInteger.ONE), N, N.add(BigInteger.ONE), p, max
        }) {
            for (int scalar = 0; scalar < 2; scalar++) {
                final Sm2PrivateKey key = Sm2PrivateKey.generate(source);
                final byte[] bad = signed(key, random);
                Sm2Curve.putScalar(edge, bad, rOffset(bad) + scalar * Sm2Curve.SCALAR_LENGTH);
                checkRefusedAtEveryPlace(key, bad, "edge " + edge + " at " + scalar);
            }
        }
    }

    @Test
    void shouldRefuseWhenRPlusSIsZero() {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(source);
        final byte[] bad = signed(key, random);
        final BigInteger r = Sm2Curve.scalar(bad, rOffset(bad));
        Sm2Curve.putScalar(N.subtract(r), bad, rOffset(bad) + Sm2Curve.SCALAR_LENGTH);
        checkRefusedAtEveryPlace(key, bad, "r + s = n");
    }

    private void checkRefusedAtEveryPlace(final Sm2PrivateKey key, final byte[] bad, final String what) {
        final SignatureBatch batch = new SignatureBatch(LANES);
        final SignatureVerifier verifier = verifier();
        for (int place = 0; place < LANES; place++) {
            batch.clear();
            for (int i = 0; i < LANES; i++) {
                final byte[] signed = i == place ? bad : signed(key, random);
                batch.add(key.publicKey(), signed, 0, rOffset(signed));
            }
            verifier.verify(batch);
            for (int i = 0; i < LANES; i++) {
                assertThat(batch.verdict(i))
                        .as("seed %d, %s at %d, verdict %d", seed, what, place, i)
                        .isEqualTo(i != place);
            }
        }
        assertThat(verifier.verify(key.publicKey(), bad, 0, rOffset(bad)))
                .as("seed %d, %s alone", seed, what)
                .isFalse();
    }

    @Test
    void shouldGiveEachSignatureOfABatchItsOwnVerdict() {
        final SignatureBatch batch = new SignatureBatch(LANES);
        for (int round = 0; round < 40; round++) {
            batch.clear();
            final int count = 1 + random.nextInt(LANES);
            final boolean[] expected = new boolean[count];
            for (int i = 0; i < count; i++) {
                final Sm2PrivateKey key = Sm2PrivateKey.generate(source);
                final byte[] signed = signed(key, random);
                expected[i] = random.nextInt(3) > 0;
                if (!expected[i]) {
                    signed[0] ^= 1;
                }
                assertThat(batch.add(key.publicKey(), signed, 0, rOffset(signed)))
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

    /** As in a frame, with bytes before the message and after the signature that are nobody's business. */
    @Test
    void shouldReadMessagesFromTheMiddleOfAnArray() {
        final SignatureBatch batch = new SignatureBatch(LANES);
        for (int i = 0; i < LANES; i++) {
            final Sm2PrivateKey key = Sm2PrivateKey.generate(source);
            final byte[] signed = signed(key, random);
            final byte[] frame = new byte[signed.length + 50];
            random.nextBytes(frame);
            System.arraycopy(signed, 0, frame, 5 * i, signed.length);
            batch.add(key.publicKey(), frame, 5 * i, rOffset(signed));
        }
        verifier().verify(batch);
        for (int i = 0; i < LANES; i++) {
            assertThat(batch.verdict(i)).as("seed %d place %d", seed, i).isTrue();
        }
    }

    @Test
    void shouldTakeWhatBouncyCastleSigns() throws CryptoException {
        final ECDomainParameters domain = new ECDomainParameters(Sm2Curve.PARAMETERS);
        final SignatureBatch batch = new SignatureBatch(LANES);
        for (int i = 0; i < LANES; i++) {
            final Sm2PrivateKey key = Sm2PrivateKey.generate(source);
            final byte[] message = new byte[111 * i];
            random.nextBytes(message);
            final SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
            signer.init(true, new ParametersWithRandom(new ECPrivateKeyParameters(key.d, domain), source));
            signer.update(message, 0, message.length);
            final byte[] signature = signer.generateSignature();
            final byte[] signed = Arrays.copyOf(message, message.length + signature.length);
            System.arraycopy(signature, 0, signed, message.length, signature.length);
            batch.add(key.publicKey(), signed, 0, message.length);
        }
        verifier().verify(batch);
        for (int i = 0; i < LANES; i++) {
            assertThat(batch.verdict(i)).as("seed %d place %d", seed, i).isTrue();
        }
    }

    private static int rOffset(final byte[] signed) {
        return signed.length - Sm2Signer.SIGNATURE_LENGTH;
    }

    static byte[] signed(final Sm2PrivateKey key, final Random random) {
        final int length = 1 + random.nextInt(1000);
        final byte[] bytes = new byte[length + Sm2Signer.SIGNATURE_LENGTH];
        random.nextBytes(bytes);
        new Sm2Signer(key, new SeededRandom(random)).sign(bytes, 0, length, bytes, length);
        return bytes;
    }
}
