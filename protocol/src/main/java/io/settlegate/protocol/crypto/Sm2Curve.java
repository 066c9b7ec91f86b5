package io.settlegate.protocol.crypto;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The curve sm2p256v1 (GB/T 32918.5) in BouncyCastle's fixed-width arithmetic.
 *
 * <p>{@code CustomNamedCurves} and not {@code GMNamedCurves}: the latter computes with big integers and is five times slower.
 */
final class Sm2Curve {
    static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("sm2p256v1");
    static final ECCurve CURVE = PARAMETERS.getCurve();
    static final ECPoint G = PARAMETERS.getG();
    static final BigInteger N = PARAMETERS.getN();
    static final int SCALAR_LENGTH = 32;

    private Sm2Curve() {}

    /** Writes {@code value} into 32 bytes, big-endian, padded with zeros: the form that peers most often get wrong. */
    static void putScalar(final BigInteger value, final byte[] target, final int offset) {
        final byte[] bytes = value.toByteArray();
        final int from = Math.max(0, bytes.length - SCALAR_LENGTH);
        final int length = bytes.length - from;
        java.util.Arrays.fill(target, offset, offset + SCALAR_LENGTH - length, (byte) 0);
        System.arraycopy(bytes, from, target, offset + SCALAR_LENGTH - length, length);
    }

    static BigInteger scalar(final byte[] source, final int offset) {
        return new BigInteger(1, source, offset, SCALAR_LENGTH);
    }
}
