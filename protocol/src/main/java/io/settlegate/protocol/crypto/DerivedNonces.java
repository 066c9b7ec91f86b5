package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.Sm2Order;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Nonces derived from private key and digest as RFC 6979 says (section 3.2, with HMAC-SM3), with 32 fresh random bytes mixed in
 * (its section 3.6). A generator that repeats itself, after a machine was cloned say, does then not give the key away; nor do faults
 * that strike the same message twice.
 *
 * <p>One thread; blocks as the random generator does.
 */
final class DerivedNonces {
    private static final byte ONE = 1;

    private final byte[] privateKey;
    private final SecureRandom random;
    private final byte[] entropy;
    private final HmacSm3 hmac = new HmacSm3();
    private final byte[] k = new byte[Sm3.LENGTH];
    private final byte[] v = new byte[Sm3.LENGTH];
    private final byte[] reduced = new byte[Sm2Order.BYTES];
    private final long[] words = new long[Sm2Order.WORDS];
    private boolean hasGiven;

    /** @param random null for none, which tests compare with other implementations. */
    DerivedNonces(final Sm2PrivateKey key, final SecureRandom random) {
        this.privateKey = key.encoded();
        this.random = random;
        this.entropy = new byte[random == null ? 0 : Sm2Order.BYTES];
    }

    /** Begins a signature over this digest. */
    void begin(final byte[] digest) {
        if (random != null) {
            random.nextBytes(entropy);
        }
        // bits2octets: the digest modulo n
        Sm2Order.get(words, digest, 0);
        Sm2Order.reduce(words, words);
        Sm2Order.put(reduced, 0, words);
        Arrays.fill(v, ONE);
        Arrays.fill(k, (byte) 0);
        mixIn((byte) 0);
        mixIn(ONE);
        hasGiven = false;
    }

    /** Steps d and e, or f and g. */
    private void mixIn(final byte separator) {
        hmac.begin(k)
                .update(v)
                .update(separator)
                .update(privateKey)
                .update(reduced)
                .update(entropy)
                .end(k);
        hmac.begin(k).update(v).end(v);
    }

    /** The next candidate, four words, between 1 and n - 1. */
    void next(final long[] nonce) {
        do {
            if (hasGiven) {
                hmac.begin(k).update(v).update((byte) 0).end(k);
                hmac.begin(k).update(v).end(v);
            }
            hasGiven = true;
            hmac.begin(k).update(v).end(v);
            Sm2Order.get(nonce, v, 0);
        } while (Sm2Order.isZero(nonce) || !Sm2Order.isBelowN(nonce));
    }
}
