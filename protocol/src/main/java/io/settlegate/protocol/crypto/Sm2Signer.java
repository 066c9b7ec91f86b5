package io.settlegate.protocol.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * SM3withSM2 signatures as r||s, 64 bytes, big-endian (GB/T 32918.2, section 6.1), user id {@link Sm2PublicKey#USER_ID}.
 *
 * <p>One thread at a time. BouncyCastle's comb for G takes the same steps for every nonce.
 */
public final class Sm2Signer {
    /** Bytes of a signature. */
    public static final int SIGNATURE_LENGTH = 64;

    private final Sm2PrivateKey key;
    private final BigInteger inverseOfOnePlusD;
    private final SecureRandom random;
    private final FixedPointCombMultiplier multiplier = new FixedPointCombMultiplier();
    private final Sm3 sm3 = new Sm3();
    private final byte[] digest = new byte[Sm3.LENGTH];
    private final byte[] nonce = new byte[Sm2Curve.SCALAR_LENGTH];

    public Sm2Signer(final Sm2PrivateKey key, final SecureRandom random) {
        this.key = key;
        this.random = random;
        this.inverseOfOnePlusD = key.d.add(BigInteger.ONE).modInverse(Sm2Curve.N);
    }

    public Sm2PublicKey publicKey() {
        return key.publicKey();
    }

    /** Signs {@code length} bytes of {@code message} and writes {@value #SIGNATURE_LENGTH} bytes at {@code targetOffset}. */
    public void sign(
            final byte[] message, final int offset, final int length, final byte[] target, final int targetOffset) {
        final byte[] z = key.publicKey().z;
        sm3.update(z, 0, z.length).update(message, offset, length).digest(digest, 0);
        final BigInteger e = new BigInteger(1, digest);
        while (true) {
            final BigInteger k = nextNonce();
            final ECPoint point = multiplier.multiply(Sm2Curve.G, k).normalize();
            final BigInteger r = e.add(point.getAffineXCoord().toBigInteger()).mod(Sm2Curve.N);
            if (r.signum() == 0 || r.add(k).equals(Sm2Curve.N)) {
                continue;
            }
            final BigInteger s =
                    inverseOfOnePlusD.multiply(k.subtract(r.multiply(key.d))).mod(Sm2Curve.N);
            if (s.signum() == 0) {
                continue;
            }
            Sm2Curve.putScalar(r, target, targetOffset);
            Sm2Curve.putScalar(s, target, targetOffset + Sm2Curve.SCALAR_LENGTH);
            return;
        }
    }

    private BigInteger nextNonce() {
        while (true) {
            random.nextBytes(nonce);
            final BigInteger k = new BigInteger(1, nonce);
            if (k.signum() > 0 && k.compareTo(Sm2Curve.N) < 0) {
                return k;
            }
        }
    }
}
