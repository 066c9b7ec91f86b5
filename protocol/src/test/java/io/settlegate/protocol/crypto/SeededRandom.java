package io.settlegate.protocol.crypto;

import java.security.SecureRandom;
import java.util.Random;

/** A seeded generator where a key or a signer asks for a secure one, so that a seed gives the same signatures again. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final Random random;

    SeededRandom(final Random random) {
        this.random = random;
    }

    @Override
    public void nextBytes(final byte[] bytes) {
        random.nextBytes(bytes);
    }
}
