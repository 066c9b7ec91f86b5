package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.Sm2Order;
import java.util.Arrays;

/**
 * The steps of a signature that all signers share (GB/T 32918.2, section 6.1). With r known,
 * s = (k - r d) / (1 + d) = (k + r) / (1 + d) - r, which takes one product.
 *
 * <p>One thread. Arithmetic modulo n has no branch that depends on a secret; the tests for r = 0, r + k = n, and s = 0 do, and tell
 * only that a nonce was thrown away.
 */
final class Sm2Signing {
    private final Sm2PublicKey publicKey;
    private final NoncePoints nonces;
    private final long[] inverseOfOnePlusD = new long[Sm2Order.WORDS];
    private final Sm3 sm3 = new Sm3();
    private final byte[] digest = new byte[Sm3.LENGTH];
    private final long[] e = new long[Sm2Order.WORDS];
    private final long[] k = new long[Sm2Order.WORDS];
    private final long[] r = new long[Sm2Order.WORDS];
    private final long[] s = new long[Sm2Order.WORDS];
    private final long[] sum = new long[Sm2Order.WORDS];

    Sm2Signing(final Sm2PrivateKey key, final NoncePoints nonces) {
        this.publicKey = key.publicKey();
        this.nonces = nonces;
        final byte[] bytes = key.encoded();
        Sm2Order.get(s, bytes, 0);
        Sm2Order.add(s, s, new long[] {1, 0, 0, 0});
        Sm2Order.invert(inverseOfOnePlusD, s);
        Arrays.fill(bytes, (byte) 0);
    }

    Sm2PublicKey publicKey() {
        return publicKey;
    }

    void sign(final byte[] message, final int offset, final int length, final byte[] target, final int targetOffset) {
        final byte[] z = publicKey.z;
        sm3.update(z, 0, z.length).update(message, offset, length).digest(digest, 0);
        Sm2Order.get(e, digest, 0);
        Sm2Order.reduce(e, e);
        nonces.begin(digest);
        do {
            nonces.next(k, r);
            Sm2Order.reduce(r, r);
            Sm2Order.add(r, r, e);
            Sm2Order.add(sum, r, k);
            Sm2Order.mul(s, sum, inverseOfOnePlusD);
            Sm2Order.sub(s, s, r);
        } while (Sm2Order.isZero(r) || Sm2Order.isZero(sum) || Sm2Order.isZero(s));
        Arrays.fill(k, 0);
        Arrays.fill(sum, 0);
        Sm2Order.put(target, targetOffset, r);
        Sm2Order.put(target, targetOffset + Sm2Order.BYTES, s);
    }
}
