package io.settlegate.protocol.crypto;

import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * A message with 64 bytes after it that may be its signature, and what BouncyCastle says of them: its signer gives the verdict, its
 * digest the e of the standard. Nothing of ours has a part in either.
 *
 * @param signed the message, then r and s.
 */
record SignedCase(String name, Sm2PublicKey key, byte[] signed, boolean isValid, byte[] digest) {
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(Sm2Curve.PARAMETERS);

    static SignedCase judged(final String name, final Sm2PublicKey key, final byte[] signed) {
        final int length = signed.length - Sm2Signer.SIGNATURE_LENGTH;
        final SM3Digest digest = new SM3Digest();
        final byte[] e = new byte[Sm3.LENGTH];
        digest.update(key.z, 0, key.z.length);
        digest.update(signed, 0, length);
        digest.doFinal(e, 0);
        return new SignedCase(name, key, signed, judge(key, signed, length), e);
    }

    private static boolean judge(final Sm2PublicKey key, final byte[] signed, final int length) {
        final SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        signer.init(false, new ECPublicKeyParameters(key.point, DOMAIN));
        signer.update(signed, 0, length);
        return signer.verifySignature(java.util.Arrays.copyOfRange(signed, length, signed.length));
    }

    /** Length of the message. */
    int length() {
        return signed.length - Sm2Signer.SIGNATURE_LENGTH;
    }

    void addTo(final SignatureBatch batch) {
        batch.add(key, signed, 0, length());
    }
}
