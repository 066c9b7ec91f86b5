package io.settlegate.gateway.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * The validation of RFC 5280, section 6, as BouncyCastle does it, over a chain that the rules here have passed. It is the judge of
 * what they leave to it, names and policies and the scope of lists, and a second one of all else.
 *
 * <p>Stateless. It fetches nothing: BouncyCastle does not follow the addresses of lists in a certificate unless a property of its own
 * is set.
 */
final class PathValidation {
    private PathValidation() {}

    static void check(
            final Chain chain, final Revocation revocation, final List<X509CRL> currentLists, final Instant now)
            throws CertificateRefusedException {
        try {
            final CertPath path = CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
                    .generateCertPath(chain.path().stream()
                            .map(PlacedCertificate::certificate)
                            .toList());
            final PKIXParameters parameters =
                    new PKIXParameters(Set.of(new TrustAnchor(chain.authority().certificate(), null)));
            parameters.setDate(Date.from(now));
            parameters.setRevocationEnabled(revocation == Revocation.LISTS_CHECKED);
            parameters.addCertStore(CertStore.getInstance(
                    "Collection", new CollectionCertStoreParameters(currentLists), BouncyCastle.PROVIDER));
            CertPathValidator.getInstance("PKIX", BouncyCastle.PROVIDER).validate(path, parameters);
        } catch (final CertPathValidatorException e) {
            final PlacedCertificate certificate =
                    e.getIndex() < 0 ? chain.authority() : chain.path().get(e.getIndex());
            throw new CertificateRefusedException(
                    certificate.place(),
                    "breaks the path validation of RFC 5280 (" + reasonOf(e) + ")",
                    "ask its issuer; the chain was not issued as its own extensions demand, or a list is not for it",
                    e);
        } catch (final IllegalArgumentException e) {
            throw new CertificateRefusedException(
                    chain.path().get(0).place(),
                    "or one above it has an extension that cannot be read",
                    "ask the authority for certificates as RFC 5280 wants them",
                    e);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("BouncyCastle cannot validate paths in this build", e);
        }
    }

    /** Those of the validator are sentences, but an end mark or none. */
    private static String reasonOf(final CertPathValidatorException e) {
        final String message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
