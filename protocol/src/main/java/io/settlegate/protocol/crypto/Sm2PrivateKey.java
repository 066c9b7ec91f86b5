package io.settlegate.protocol.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A private key on sm2p256v1. Prints nothing of itself.
 *
 * <p>Immutable, safe for all threads.
 */
public final class Sm2PrivateKey {
    final BigInteger d;
    private final Sm2PublicKey publicKey;

    private Sm2PrivateKey(final BigInteger d) {
        // n - 1 is excluded too: signing divides by 1 + d (GB/T 32918.2, section 6.1).
        if (d.signum() <= 0 || d.compareTo(Sm2Curve.N.subtract(BigInteger.ONE)) >= 0) {
            throw new IllegalArgumentException("an SM2 private key lies between 1 and n - 2");
        }
        this.d = d;
        this.publicKey = Sm2PublicKey.of(new FixedPointCombMultiplier().multiply(Sm2Curve.G, d));
    }

    /** A key drawn from {@code random}. */
    public static Sm2PrivateKey generate(final SecureRandom random) {
        final byte[] bytes = new byte[Sm2Curve.SCALAR_LENGTH];
        while (true) {
            random.nextBytes(bytes);
            final BigInteger d = new BigInteger(1, bytes);
            if (d.signum() > 0 && d.compareTo(Sm2Curve.N.subtract(BigInteger.ONE)) < 0) {
                return new Sm2PrivateKey(d);
            }
        }
    }

    /** Takes 32 bytes, big-endian; 33 with a leading zero are taken too, as some exporters write them. */
    public static Sm2PrivateKey decode(final byte[] bytes) {
        final boolean signByte = bytes.length == Sm2Curve.SCALAR_LENGTH + 1 && bytes[0] == 0;
        if (bytes.length != Sm2Curve.SCALAR_LENGTH && !signByte) {
            throw new IllegalArgumentException("an SM2 private key is 32 bytes; got " + bytes.length);
        }
        return new Sm2PrivateKey(new BigInteger(1, bytes));
    }

    static Sm2PrivateKey of(final BigInteger d) {
        return new Sm2PrivateKey(d);
    }

    public Sm2PublicKey publicKey() {
        return publicKey;
    }

    /** 32 bytes, big-endian. Secret. */
    public byte[] encoded() {
        final byte[] bytes = new byte[Sm2Curve.SCALAR_LENGTH];
        Sm2Curve.putScalar(d, bytes, 0);
        return bytes;
    }

    @Override
    public String toString() {
        return "Sm2PrivateKey of " + publicKey.toHex();
    }
}
