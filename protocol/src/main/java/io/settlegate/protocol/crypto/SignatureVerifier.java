package io.settlegate.protocol.crypto;

/**
 * Verifies SM3withSM2 signatures a batch at a time, so that an implementation may work on several in one go.
 *
 * <p>An instance belongs to one thread. It never blocks and never throws for bytes that are no signature: their verdict is false.
 */
@FunctionalInterface
public interface SignatureVerifier {
    /** Fills the verdict of each signature in the batch. */
    void verify(SignatureBatch batch);

    /** Signatures that fast code held for bad and slower code found good: above 0 the fast code is at fault. Any thread. */
    default long overruledCount() {
        return 0;
    }

    /** True if the 64 bytes after the message are {@code key}'s signature over it. */
    default boolean verify(final Sm2PublicKey key, final byte[] message, final int offset, final int length) {
        final SignatureBatch one = new SignatureBatch(1);
        one.add(key, message, offset, length);
        verify(one);
        return one.verdict(0);
    }
}
