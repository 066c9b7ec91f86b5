package io.settlegate.gateway.certificates;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The one kind of key and the one kind of signature that count: sm2p256v1, and SM3withSM2 with the usual user id. Stateless. */
final class Sm2Rules {
    /** SM3withSM2. */
    static final String SIGNATURE = GMObjectIdentifiers.sm2sign_with_sm3.getId();

    private static final AlgorithmIdentifier KEY =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, GMObjectIdentifiers.sm2p256v1);

    private Sm2Rules() {}

    static Sm2PublicKey keyOf(final PlacedCertificate placed) throws CertificateRefusedException {
        final SubjectPublicKeyInfo info = Certificate.getInstance(placed.der()).getSubjectPublicKeyInfo();
        if (!KEY.equals(info.getAlgorithm())) {
            throw placed.refused(
                    "has a key of another algorithm or curve than SM2 on sm2p256v1 (1.2.156.10197.1.301)",
                    "have a certificate issued over an SM2 key");
        }
        try {
            return Sm2PublicKey.decode(info.getPublicKeyData().getOctets());
        } catch (final IllegalArgumentException e) {
            throw new CertificateRefusedException(
                    placed.place(),
                    "has a key that is no point of sm2p256v1 in its uncompressed form",
                    "have a certificate issued over another key",
                    e);
        }
    }

    static void requireSignature(final PlacedCertificate placed) throws CertificateRefusedException {
        if (!SIGNATURE.equals(placed.certificate().getSigAlgOID())) {
            throw placed.refused(
                    "is signed otherwise than with SM3withSM2 (" + SIGNATURE + ")",
                    "have a certificate issued by an authority that signs with SM2");
        }
    }
}
