package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** BouncyCastle's curve, as the judge of ours. */
final class CurveOracle {
    static final X9ECParameters CURVE = CustomNamedCurves.getByName("sm2p256v1");
    static final ECPoint G = CURVE.getG();
    static final BigInteger N = CURVE.getN();
    static final BigInteger P = CURVE.getCurve().getField().getCharacteristic();

    private CurveOracle() {}

    /** GB/T 32918.2, section 7.1, from step B5 on. */
    static boolean isValid(final ECPoint key, final BigInteger r, final BigInteger s, final BigInteger e) {
        if (r.signum() == 0 || r.compareTo(N) >= 0 || s.signum() == 0 || s.compareTo(N) >= 0) {
            return false;
        }
        final BigInteger t = r.add(s).mod(N);
        if (t.signum() == 0) {
            return false;
        }
        final ECPoint sum = ECAlgorithms.sumOfTwoMultiplies(G, s, key, t).normalize();
        return !sum.isInfinity()
                && sum.getAffineXCoord().toBigInteger().add(e).mod(N).equals(r);
    }

    static ECPoint multipleOfG(final BigInteger k) {
        return new FixedPointCombMultiplier().multiply(G, k).normalize();
    }

    static byte[] bytes(final BigInteger value) {
        final byte[] bytes = new byte[Sm2Order.BYTES];
        Sm2Order.put(bytes, 0, Sm2Order.words(value));
        return bytes;
    }

    /** x, y, 64 bytes. */
    static byte[] encode(final ECPoint point) {
        return java.util.Arrays.copyOfRange(point.getEncoded(false), 1, 65);
    }
}
