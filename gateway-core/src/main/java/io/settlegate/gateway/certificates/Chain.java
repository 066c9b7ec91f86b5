package io.settlegate.gateway.certificates;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * A terminal's certificate, those that vouch for it one after the other, and the authority at which they end. Built by names and
 * signatures; whether each may vouch is {@link IssuerRules}' to say.
 *
 * @param path from the terminal's up, without the authority's.
 * @param authority one of those that the operator trusts.
 */
record Chain(List<PlacedCertificate> path, PlacedCertificate authority) {
    /** Certificates below the authority. */
    static final int MAX_LENGTH = 8;

    /**
     * Finds the way from a certificate to an authority.
     *
     * @param intermediates in any order; what is not on the way is left alone.
     */
    static Chain of(
            final PlacedCertificate terminal,
            final List<PlacedCertificate> intermediates,
            final List<PlacedCertificate> authorities)
            throws CertificateRefusedException {
        final List<PlacedCertificate> path = new ArrayList<>(List.of(terminal));
        while (path.size() <= MAX_LENGTH) {
            final PlacedCertificate last = path.get(path.size() - 1);
            final List<PlacedCertificate> trusted = namesakesOfIssuer(last, authorities);
            final PlacedCertificate authority = signer(last, trusted);
            if (authority != null) {
                return new Chain(List.copyOf(path), authority);
            }
            final List<PlacedCertificate> others = namesakesOfIssuer(last, intermediates);
            others.removeAll(path);
            final PlacedCertificate next = signer(last, others);
            if (next == null) {
                throw trusted.isEmpty() && others.isEmpty() ? unknownIssuer(last) : wrongSignature(last);
            }
            path.add(next);
        }
        throw terminal.refused(
                "has a chain of more than " + MAX_LENGTH + " certificates",
                "give only those that lead to an authority of yours");
    }

    /** Who signed the certificate at this place of the path. */
    PlacedCertificate issuerOf(final int index) {
        return index + 1 < path.size() ? path.get(index + 1) : authority;
    }

    /** The path, and the authority. */
    List<PlacedCertificate> all() {
        final List<PlacedCertificate> all = new ArrayList<>(path);
        all.add(authority);
        return all;
    }

    private static List<PlacedCertificate> namesakesOfIssuer(
            final PlacedCertificate certificate, final List<PlacedCertificate> candidates) {
        final List<PlacedCertificate> namesakes = new ArrayList<>();
        for (final PlacedCertificate candidate : candidates) {
            if (candidate.isIssuerByNameOf(certificate)) {
                namesakes.add(candidate);
            }
        }
        return namesakes;
    }

    /** An authority that renewed its key has two certificates of one name, so the signature decides. */
    private static PlacedCertificate signer(
            final PlacedCertificate certificate, final List<PlacedCertificate> candidates)
            throws CertificateRefusedException {
        Sm2Rules.requireSignature(certificate);
        for (final PlacedCertificate candidate : candidates) {
            Sm2Rules.keyOf(candidate);
            if (isSignedBy(certificate, candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean isSignedBy(final PlacedCertificate certificate, final PlacedCertificate issuer) {
        try {
            certificate.certificate().verify(issuer.certificate().getPublicKey(), BouncyCastle.PROVIDER);
            return true;
        } catch (final GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }

    private static CertificateRefusedException unknownIssuer(final PlacedCertificate certificate) {
        return certificate.refused(
                "was issued by none of your authorities nor by a certificate of the chain",
                "look at its issuer with `openssl x509 -noout -issuer`, then name the missing certificates with --chain,"
                        + " or the authority with --authority if you trust it");
    }

    private static CertificateRefusedException wrongSignature(final PlacedCertificate certificate) {
        return certificate.refused(
                "has a signature that the key of its issuer does not verify",
                "it was changed, or its issuer has another key since; ask the issuer for both certificates");
    }
}
