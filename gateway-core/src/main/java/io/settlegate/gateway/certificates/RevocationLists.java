package io.settlegate.gateway.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;

/**
 * The lists of those who issued a chain. A certificate that stands in any of them is refused, for whatever reason and from whatever
 * day it is revoked, and so is one whose issuer's list is missing, stale, or of another hand.
 *
 * <p>One thread.
 */
final class RevocationLists {
    private final List<PlacedList> lists;

    RevocationLists(final List<PlacedList> lists) {
        this.lists = List.copyOf(lists);
    }

    /** @return the lists that are current, for {@link PathValidation}. */
    List<X509CRL> check(final Chain chain, final Instant now) throws CertificateRefusedException {
        final List<X509CRL> current = new ArrayList<>();
        for (int i = 0; i < chain.path().size(); i++) {
            current.addAll(check(chain.path().get(i), chain.issuerOf(i), now));
        }
        return current;
    }

    private List<X509CRL> check(final PlacedCertificate certificate, final PlacedCertificate issuer, final Instant now)
            throws CertificateRefusedException {
        final List<X509CRL> current = new ArrayList<>();
        CertificateRefusedException stale = null;
        for (final PlacedList placed : lists) {
            final X509CRL list = placed.list();
            if (!list.getIssuerX500Principal().equals(certificate.certificate().getIssuerX500Principal())) {
                continue;
            }
            checkForm(placed, issuer);
            if (list.getRevokedCertificate(certificate.certificate().getSerialNumber()) != null) {
                throw certificate.refused(
                        "is revoked by " + placed.place(),
                        "do not enrol this terminal; find out why, and have a new key and certificate made");
            }
            final CertificateRefusedException fault = timeFault(placed, now);
            if (fault == null) {
                current.add(list);
            } else {
                stale = fault;
            }
        }
        if (current.isEmpty()) {
            throw stale == null ? missing(certificate) : stale;
        }
        return current;
    }

    private static void checkForm(final PlacedList placed, final PlacedCertificate issuer)
            throws CertificateRefusedException {
        if (!Sm2Rules.SIGNATURE.equals(placed.list().getSigAlgOID())) {
            throw placed.refused(
                    "is signed otherwise than with SM3withSM2 (" + Sm2Rules.SIGNATURE + ")",
                    "fetch the list that the authority signs with SM2");
        }
        try {
            placed.list().verify(issuer.certificate().getPublicKey(), BouncyCastle.PROVIDER);
        } catch (final GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            throw new CertificateRefusedException(
                    placed.place(),
                    "has a signature that the key of " + issuer.place() + " does not verify",
                    "do not use this list; fetch it from the authority once more",
                    e);
        }
        if (placed.list().getExtensionValue(Extension.deltaCRLIndicator.getId()) != null) {
            throw placed.refused(
                    "tells only what changed since another list (delta)", "fetch the authority's complete list");
        }
    }

    private static CertificateRefusedException timeFault(final PlacedList placed, final Instant now) {
        final X509CRL list = placed.list();
        if (now.isBefore(list.getThisUpdate().toInstant())) {
            return placed.refused(
                    "is of " + list.getThisUpdate().toInstant() + ", which is to come (it is " + now + ")",
                    "compare this machine's clock");
        }
        if (list.getNextUpdate() == null) {
            return placed.refused(
                    "does not say until when it is current (nextUpdate)", "ask the authority for a list that does");
        }
        if (!now.isBefore(list.getNextUpdate().toInstant())) {
            return placed.refused(
                    "was current until " + list.getNextUpdate().toInstant() + " (it is " + now + ")",
                    "fetch the authority's newest list");
        }
        return null;
    }

    private static CertificateRefusedException missing(final PlacedCertificate certificate) {
        return certificate.refused(
                "cannot be looked up: none of the revocation lists is of its issuer",
                "fetch that list and name it with --crl; each issuer of the chain has one of its own");
    }
}
