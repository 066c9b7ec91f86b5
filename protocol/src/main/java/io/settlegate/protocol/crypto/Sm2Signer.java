package io.settlegate.protocol.crypto;

import java.security.SecureRandom;

/**
 * SM3withSM2 signatures as r||s, 64 bytes, big-endian (GB/T 32918.2, section 6.1), user id {@link Sm2PublicKey#USER_ID}.
 *
 * <p>Regular: no branch and no memory address depends on the private key or on the nonce ({@link RegularNoncePoints}), and the nonce is
 * derived from key, digest, and fresh random bytes ({@link DerivedNonces}). This is the signer to use unless there is a
 * reason for {@link FastSm2Signer}.
 *
 * <p>One thread at a time; blocks as {@code random} does.
 */
public final class Sm2Signer {
    /** Bytes of a signature. */
    public static final int SIGNATURE_LENGTH = 64;

    private final Sm2Signing signing;

    public Sm2Signer(final Sm2PrivateKey key, final SecureRandom random) {
        this(key, new RegularNoncePoints(new DerivedNonces(key, random)));
    }

    private Sm2Signer(final Sm2PrivateKey key, final NoncePoints nonces) {
        signing = new Sm2Signing(key, nonces);
    }

    /**
     * A signer whose nonces are the 32 bytes that {@code source} gives each time, for test vectors that print them. A source that
     * repeats itself, or that somebody knows, gives the key away.
     */
    public static Sm2Signer withNoncesFrom(final Sm2PrivateKey key, final SecureRandom source) {
        return new Sm2Signer(key, new GivenNoncePoints(source));
    }

    public Sm2PublicKey publicKey() {
        return signing.publicKey();
    }

    /** Signs {@code length} bytes of {@code message} and writes {@value #SIGNATURE_LENGTH} bytes at {@code targetOffset}. */
    public void sign(
            final byte[] message, final int offset, final int length, final byte[] target, final int targetOffset) {
        signing.sign(message, offset, length, target, targetOffset);
    }
}
