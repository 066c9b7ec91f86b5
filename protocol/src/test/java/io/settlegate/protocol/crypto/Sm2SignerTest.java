package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.sm2.Sm2Order;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.junit.jupiter.api.Test;

class Sm2SignerTest {
    private static final int LENGTH = 150;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void shouldSignWhatBouncyCastleVerifies() {
        for (int round = 0; round < 200; round++) {
            final Sm2PrivateKey key = key(round);
            final byte[] signed = new byte[LENGTH + Sm2Signer.SIGNATURE_LENGTH];
            random.nextBytes(signed);
            new Sm2Signer(key, new SecureRandom()).sign(signed, 0, LENGTH, signed, LENGTH);
            assertThat(new BouncyCastleVerifier().verify(key.publicKey(), signed, 0, LENGTH))
                    .as("seed %d", seed)
                    .isTrue();
            final FastSm2Signer fast = new FastSm2Signer(key, new SecureRandom());
            for (int i = 0; i < 3; i++) {
                fast.sign(signed, 0, LENGTH, signed, LENGTH);
                assertThat(new BouncyCastleVerifier().verify(key.publicKey(), signed, 0, LENGTH))
                        .as("seed %d", seed)
                        .isTrue();
            }
            assertThat(fast.publicKey()).isEqualTo(key.publicKey());
        }
    }

    @Test
    void shouldUseEachNonceOnce() {
        final Sm2PrivateKey key = key(100);
        final Sm2Signer regular = new Sm2Signer(key, new SecureRandom());
        final FastSm2Signer fast = new FastSm2Signer(key, new SecureRandom());
        final Set<BigInteger> seen = new HashSet<>();
        final byte[] signed = new byte[LENGTH + Sm2Signer.SIGNATURE_LENGTH];
        for (int i = 0; i < 100; i++) {
            regular.sign(signed, 0, LENGTH, signed, LENGTH);
            assertThat(seen.add(Sm2Curve.scalar(signed, LENGTH))).isTrue();
            fast.sign(signed, 0, LENGTH, signed, LENGTH);
            assertThat(seen.add(Sm2Curve.scalar(signed, LENGTH))).isTrue();
        }
    }

    /** Without entropy of its own, a nonce is RFC 6979's; the judge is BouncyCastle. */
    @Test
    void shouldDeriveNoncesAsTheRfcDoes() {
        final long[] nonce = new long[4];
        final byte[] bytes = new byte[Sm2Curve.SCALAR_LENGTH];
        for (int round = 0; round < 200; round++) {
            final Sm2PrivateKey key = key(round);
            final byte[] digest = new byte[Sm3.LENGTH];
            random.nextBytes(digest);
            if (round == 0) {
                java.util.Arrays.fill(digest, (byte) -1);
            }
            final HMacDSAKCalculator judge = new HMacDSAKCalculator(new SM3Digest());
            judge.init(Sm2Curve.N, key.d, digest);
            final DerivedNonces nonces = new DerivedNonces(key, null);
            nonces.begin(digest);
            nonces.next(nonce);
            Sm2Order.put(bytes, 0, nonce);
            assertThat(new BigInteger(1, bytes)).as("seed %d", seed).isEqualTo(judge.nextK());
            // BouncyCastle leaves out step h.3 for a candidate that the signature refused, so it judges the first
            // alone.
            final long[] second = new long[4];
            nonces.next(second);
            assertThat(second).isNotEqualTo(nonce);
        }
    }

    @Test
    void shouldMixFreshEntropyIntoNonces() {
        final Sm2PrivateKey key = key(100);
        final DerivedNonces nonces = new DerivedNonces(key, new SecureRandom());
        final byte[] digest = new byte[Sm3.LENGTH];
        final long[] first = new long[4];
        final long[] second = new long[4];
        nonces.begin(digest);
        nonces.next(first);
        nonces.begin(digest);
        nonces.next(second);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void shouldComputeHmacAsBouncyCastleDoes() {
        final HmacSm3 ours = new HmacSm3();
        for (int round = 0; round < 50; round++) {
            final byte[] key = new byte[Sm3.LENGTH];
            final byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(key);
            random.nextBytes(message);
            final HMac judge = new HMac(new SM3Digest());
            judge.init(new KeyParameter(key));
            judge.update(message, 0, message.length);
            final byte[] expected = new byte[Sm3.LENGTH];
            judge.doFinal(expected, 0);
            final byte[] mac = new byte[Sm3.LENGTH];
            ours.begin(key).update(message).end(mac);
            assertThat(mac).isEqualTo(expected);
        }
    }

    /** Small and large private keys first. */
    private Sm2PrivateKey key(final int round) {
        return switch (round) {
            case 0 -> Sm2PrivateKey.of(BigInteger.ONE);
            case 1 -> Sm2PrivateKey.of(BigInteger.TWO);
            case 2 -> Sm2PrivateKey.of(Sm2Curve.N.subtract(BigInteger.TWO));
            default -> Sm2PrivateKey.generate(new SecureRandom());
        };
    }
}
