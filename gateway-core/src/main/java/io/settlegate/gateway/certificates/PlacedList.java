package io.settlegate.gateway.certificates;

import java.security.cert.X509CRL;

/**
 * A revocation list and where it was read.
 *
 * @param list it.
 * @param place as "revocation list 1 of FILE".
 */
record PlacedList(X509CRL list, String place) {
    CertificateRefusedException refused(final String fault, final String advice) {
        return new CertificateRefusedException(place, fault, advice);
    }
}
