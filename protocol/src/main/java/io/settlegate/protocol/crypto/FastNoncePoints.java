package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.FastGenerator;
import io.settlegate.protocol.crypto.sm2.Sm2Order;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Nonces straight from a random generator, multiplied {@value #BLOCK_COUNT} at a time, so that they share one inversion. Each pair
 * is given once and wiped.
 *
 * <p>One thread; blocks as the random generator does.
 */
final class FastNoncePoints implements NoncePoints {
    private static final int BLOCK_COUNT = 32;

    private final SecureRandom random;
    private final FastGenerator generator = new FastGenerator(BLOCK_COUNT);
    private final byte[] bytes = new byte[BLOCK_COUNT * Sm2Order.BYTES];
    private final long[][] nonces = new long[BLOCK_COUNT][Sm2Order.WORDS];
    private final long[][] xs = new long[BLOCK_COUNT][Sm2Order.WORDS];
    private int used = BLOCK_COUNT;

    FastNoncePoints(final SecureRandom random) {
        this.random = random;
    }

    @Override
    public void begin(final byte[] digest) {
        // The digest has no part in it.
    }

    @Override
    public void next(final long[] k, final long[] x) {
        do {
            if (used == BLOCK_COUNT) {
                refill();
            }
            System.arraycopy(nonces[used], 0, k, 0, Sm2Order.WORDS);
            System.arraycopy(xs[used], 0, x, 0, Sm2Order.WORDS);
            Arrays.fill(nonces[used], 0);
            used++;
        } while (Sm2Order.isZero(x));
    }

    private void refill() {
        do {
            random.nextBytes(bytes);
            for (int i = 0; i < BLOCK_COUNT; i++) {
                Sm2Order.get(nonces[i], bytes, i * Sm2Order.BYTES);
            }
        } while (!areInRange());
        Arrays.fill(bytes, (byte) 0);
        generator.multiply(xs, nonces);
        used = 0;
    }

    /** One number in 2^32 is n or above, or 0; then all are drawn anew. */
    private boolean areInRange() {
        for (final long[] nonce : nonces) {
            if (Sm2Order.isZero(nonce) || !Sm2Order.isBelowN(nonce)) {
                return false;
            }
        }
        return true;
    }
}
