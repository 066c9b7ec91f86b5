package io.settlegate.gateway.certificates;

import java.security.cert.X509Certificate;

/**
 * A certificate and where it was read.
 *
 * @param certificate it.
 * @param der its bytes in the file.
 * @param place as "certificate 2 of FILE".
 */
record PlacedCertificate(X509Certificate certificate, byte[] der, String place) {
    boolean isIssuerByNameOf(final PlacedCertificate other) {
        return certificate.getSubjectX500Principal().equals(other.certificate.getIssuerX500Principal());
    }

    boolean isSelfIssued() {
        return isIssuerByNameOf(this);
    }

    CertificateRefusedException refused(final String fault, final String advice) {
        return new CertificateRefusedException(place, fault, advice);
    }
}
