package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.RegularGenerator;

/** Derived nonces, multiplied in regular steps. One thread. */
final class RegularNoncePoints implements NoncePoints {
    private final DerivedNonces nonces;
    private final RegularGenerator generator = new RegularGenerator();

    RegularNoncePoints(final DerivedNonces nonces) {
        this.nonces = nonces;
    }

    @Override
    public void begin(final byte[] digest) {
        nonces.begin(digest);
    }

    @Override
    public void next(final long[] k, final long[] x) {
        nonces.next(k);
        generator.multiply(x, k);
    }
}
