package io.settlegate.protocol.crypto;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;

/**
 * {@link SignatureVerifier} on BouncyCastle's curve arithmetic (GB/T 32918.2, section 7.1), one signature after the other.
 *
 * <p>Two things are spared against BouncyCastle's own signer: Z comes from the key object, and the result is compared in
 * projective coordinates, without the inversion that an affine x would cost.
 */
public final class BouncyCastleVerifier implements SignatureVerifier {
    private final Sm3 sm3 = new Sm3();
    private final byte[] digest = new byte[Sm3.LENGTH];

    @Override
    public void verify(final SignatureBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            verify(batch, i);
        }
    }

    /** Fills one verdict. */
    void verify(final SignatureBatch batch, final int index) {
        final boolean isValid =
                isValid(batch.key(index), batch.message(index), batch.offset(index), batch.length(index));
        batch.verdict(index, isValid);
    }

    private boolean isValid(final Sm2PublicKey key, final byte[] message, final int offset, final int length) {
        final BigInteger n = Sm2Curve.N;
        final BigInteger r = Sm2Curve.scalar(message, offset + length);
        final BigInteger s = Sm2Curve.scalar(message, offset + length + Sm2Curve.SCALAR_LENGTH);
        if (r.signum() == 0 || r.compareTo(n) >= 0 || s.signum() == 0 || s.compareTo(n) >= 0) {
            return false;
        }
        final BigInteger t = r.add(s).mod(n);
        if (t.signum() == 0) {
            return false;
        }
        sm3.update(key.z, 0, key.z.length).update(message, offset, length).digest(digest, 0);
        final BigInteger e = new BigInteger(1, digest);
        final ECPoint point = ECAlgorithms.sumOfTwoMultiplies(Sm2Curve.G, s, key.point, t);
        return !point.isInfinity() && hasAffineX(point, r.subtract(e).mod(n));
    }

    /**
     * True if the affine x of {@code point} is {@code x} modulo n. In Jacobian coordinates x = X / Z². As n is below p, a value
     * x + n below p is a second field element with the same residue.
     */
    private static boolean hasAffineX(final ECPoint point, final BigInteger x) {
        final ECFieldElement jacobianX = point.getXCoord();
        final ECFieldElement zSquared = point.getZCoord(0).square();
        if (Sm2Curve.CURVE.fromBigInteger(x).multiply(zSquared).equals(jacobianX)) {
            return true;
        }
        final BigInteger second = x.add(Sm2Curve.N);
        return second.compareTo(Sm2Curve.CURVE.getField().getCharacteristic()) < 0
                && Sm2Curve.CURVE.fromBigInteger(second).multiply(zSquared).equals(jacobianX);
    }
}
