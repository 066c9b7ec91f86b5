package io.settlegate.gateway.certificates;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;

/**
 * What holds for each certificate of a chain, the authority's among them: RFC 5280 leaves the authority out, because it is trusted
 * without proof, but an authority that has expired, or may not issue, was named by mistake.
 *
 * <p>Stateless.
 */
final class IssuerRules {
    private static final int KEY_CERT_SIGN = 5;
    private static final int NOT_AN_AUTHORITY = -1;
    private static final int VERSION = 3;

    /** What {@link PathValidation} and the rules here take into account. */
    private static final Set<String> UNDERSTOOD = Set.of(
            Extension.basicConstraints.getId(),
            Extension.keyUsage.getId(),
            Extension.extendedKeyUsage.getId(),
            Extension.subjectAlternativeName.getId(),
            Extension.certificatePolicies.getId(),
            Extension.policyMappings.getId(),
            Extension.policyConstraints.getId(),
            Extension.inhibitAnyPolicy.getId(),
            Extension.nameConstraints.getId(),
            Extension.cRLDistributionPoints.getId());

    private IssuerRules() {}

    static void check(final Chain chain, final Instant now) throws CertificateRefusedException {
        for (final PlacedCertificate certificate : chain.all()) {
            checkForm(certificate);
            checkValidity(certificate, now);
        }
        int intermediateCount = 0;
        for (int i = 0; i < chain.path().size(); i++) {
            final PlacedCertificate issuer = chain.issuerOf(i);
            checkMayIssue(issuer, intermediateCount);
            intermediateCount += issuer.isSelfIssued() ? 0 : 1;
        }
        if (chain.authority().certificate().getExtensionValue(Extension.nameConstraints.getId()) != null) {
            throw chain.authority()
                    .refused(
                            "is an authority's with name constraints, which are not applied to what stands at the top",
                            "name the authority above it with --authority, and this one with --chain");
        }
    }

    private static void checkForm(final PlacedCertificate placed) throws CertificateRefusedException {
        final X509Certificate certificate = placed.certificate();
        if (certificate.getVersion() != VERSION) {
            throw placed.refused("is not of X.509 version 3", "have a certificate of version 3 issued");
        }
        final Set<String> unknown = new HashSet<>();
        if (certificate.getCriticalExtensionOIDs() != null) {
            unknown.addAll(certificate.getCriticalExtensionOIDs());
        }
        unknown.removeAll(UNDERSTOOD);
        if (!unknown.isEmpty()) {
            throw placed.refused(
                    "has a critical extension that is not understood here, " + String.join(", ", unknown),
                    "have a certificate issued without it");
        }
    }

    private static void checkValidity(final PlacedCertificate placed, final Instant now)
            throws CertificateRefusedException {
        final Instant notBefore = placed.certificate().getNotBefore().toInstant();
        final Instant notAfter = placed.certificate().getNotAfter().toInstant();
        if (now.isBefore(notBefore)) {
            throw placed.refused(
                    "is not valid before " + notBefore + " (it is " + now + ")",
                    "compare this machine's clock, or wait until then");
        }
        if (now.isAfter(notAfter)) {
            throw placed.refused("expired on " + notAfter + " (it is " + now + ")", "have its issuer renew it");
        }
    }

    private static void checkMayIssue(final PlacedCertificate issuer, final int intermediateCount)
            throws CertificateRefusedException {
        final int pathLength = issuer.certificate().getBasicConstraints();
        if (pathLength == NOT_AN_AUTHORITY) {
            throw issuer.refused(
                    "signed another certificate and is no authority's (basicConstraints)",
                    "do not trust what it signed; ask the authority for a certificate of its own");
        }
        final boolean[] usage = issuer.certificate().getKeyUsage();
        if (usage == null || !usage[KEY_CERT_SIGN]) {
            throw issuer.refused(
                    "may not sign certificates (keyUsage keyCertSign)",
                    "ask the authority for the certificate with which it issues");
        }
        if (intermediateCount > pathLength) {
            throw issuer.refused(
                    "allows " + pathLength + " intermediate certificates below it and has " + intermediateCount
                            + " (pathLenConstraint)",
                    "do not trust this chain; ask the authority for a certificate that it issues itself");
        }
    }
}
