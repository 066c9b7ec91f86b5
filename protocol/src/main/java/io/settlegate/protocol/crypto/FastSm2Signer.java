package io.settlegate.protocol.crypto;

import java.security.SecureRandom;

/**
 * SM3withSM2 signatures like {@link Sm2Signer}'s, made faster: nonces straight from the random generator, and a large table of
 * multiples of G whose reads depend on them. Who shares the machine and its caches might learn the key over many signatures: for load
 * tests, and for terminals that run nothing of strangers.
 *
 * <p>One thread at a time; blocks as {@code random} does.
 */
public final class FastSm2Signer {
    private final Sm2Signing signing;

    public FastSm2Signer(final Sm2PrivateKey key, final SecureRandom random) {
        signing = new Sm2Signing(key, new FastNoncePoints(random));
    }

    public Sm2PublicKey publicKey() {
        return signing.publicKey();
    }

    /** Signs {@code length} bytes of {@code message} and writes 64 bytes at {@code targetOffset}. */
    public void sign(
            final byte[] message, final int offset, final int length, final byte[] target, final int targetOffset) {
        signing.sign(message, offset, length, target, targetOffset);
    }
}
