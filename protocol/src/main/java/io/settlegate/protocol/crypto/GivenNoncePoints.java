package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.RegularGenerator;
import io.settlegate.protocol.crypto.sm2.Sm2Order;
import java.security.SecureRandom;

/** Nonces straight from a source, so that documents can print them, multiplied in regular steps. One thread. */
final class GivenNoncePoints implements NoncePoints {
    private final SecureRandom source;
    private final RegularGenerator generator = new RegularGenerator();
    private final byte[] bytes = new byte[Sm2Order.BYTES];

    GivenNoncePoints(final SecureRandom source) {
        this.source = source;
    }

    @Override
    public void begin(final byte[] digest) {
        // The digest has no part in it.
    }

    @Override
    public void next(final long[] k, final long[] x) {
        do {
            source.nextBytes(bytes);
            Sm2Order.get(k, bytes, 0);
        } while (Sm2Order.isZero(k) || !Sm2Order.isBelowN(k));
        generator.multiply(x, k);
    }
}
