package io.settlegate.gateway.certificates;

import java.security.cert.CertificateParsingException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * What a terminal's own certificate must say: that its key signs, that it is no authority's, and which terminal it is for. Of a
 * pair of certificates, as many authorities issue them, only the one for signing passes.
 *
 * <p>Stateless.
 */
final class TerminalRules {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NOT_AN_AUTHORITY = -1;

    private TerminalRules() {}

    /** The common name that a terminal's certificate must have. The code has twelve characters, so this is unambiguous. */
    static String commonName(final String fixmedinsCode, final String sn) {
        return fixmedinsCode + '-' + sn;
    }

    static void check(final PlacedCertificate terminal, final String commonName) throws CertificateRefusedException {
        if (terminal.certificate().getBasicConstraints() != NOT_AN_AUTHORITY) {
            throw terminal.refused(
                    "is an authority's", "the terminal's own certificate comes first in the file, then its issuers");
        }
        checkUsage(terminal);
        if (!commonNames(terminal).equals(List.of(commonName))) {
            throw terminal.refused(
                    "does not have exactly one common name, " + commonName
                            + " (institution, hyphen, serial number, as the options name them)",
                    "look at its subject with `openssl x509 -noout -subject`; correct the options, or have a certificate"
                            + " issued for this terminal");
        }
    }

    private static void checkUsage(final PlacedCertificate terminal) throws CertificateRefusedException {
        final boolean[] usage = terminal.certificate().getKeyUsage();
        if (usage == null || !usage[DIGITAL_SIGNATURE]) {
            throw terminal.refused(
                    "does not permit its key to sign (keyUsage digitalSignature)",
                    "of a pair of certificates take the one for signing, not the one for encryption");
        }
        final List<String> purposes = purposes(terminal);
        if (purposes != null
                && !purposes.contains(KeyPurposeId.id_kp_clientAuth.getId())
                && !purposes.contains(KeyPurposeId.anyExtendedKeyUsage.getId())) {
            throw terminal.refused(
                    "is limited to other purposes (extendedKeyUsage without clientAuth)",
                    "have a certificate issued for client authentication, or without that extension");
        }
    }

    private static List<String> purposes(final PlacedCertificate terminal) throws CertificateRefusedException {
        try {
            return terminal.certificate().getExtendedKeyUsage();
        } catch (final CertificateParsingException e) {
            throw new CertificateRefusedException(
                    terminal.place(),
                    "has an extendedKeyUsage that cannot be read",
                    "have another certificate issued",
                    e);
        }
    }

    private static List<String> commonNames(final PlacedCertificate terminal) {
        final List<String> names = new ArrayList<>();
        for (final RDN part :
                Certificate.getInstance(terminal.der()).getSubject().getRDNs(BCStyle.CN)) {
            for (final AttributeTypeAndValue attribute : part.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.CN)) {
                    names.add(attribute.getValue() instanceof ASN1String text ? text.getString() : "");
                }
            }
        }
        return names;
    }
}
