package io.settlegate.gateway.past;

import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.settlement.PersonInspection;
import io.settlegate.gateway.settlement.PersonStanding;
import java.util.Optional;

/**
 * How an operator names a person: by psn_no, or by the certificate.
 *
 * <p>A value. Its text names nobody.
 *
 * @param psnNo empty where a certificate was named.
 * @param certType psn_cert_type; empty where the number was named.
 */
public record PersonKey(String psnNo, String certType, String certno) {
    public static PersonKey ofNumber(final String psnNo) {
        return new PersonKey(psnNo, "", "");
    }

    /**
     * @param typeAndNumber such as 01: and the identity number behind it.
     * @throws IllegalArgumentException for any other form; the message does not repeat it.
     */
    public static PersonKey ofCertificate(final String typeAndNumber) {
        final int colon = typeAndNumber.indexOf(':');
        if (colon < 1 || colon == typeAndNumber.length() - 1) {
            throw new IllegalArgumentException(
                    "wants TYPE:NO, the psn_cert_type (01 is the identity card), a colon, and the number");
        }
        return new PersonKey("", typeAndNumber.substring(0, colon), typeAndNumber.substring(colon + 1));
    }

    Optional<PersonStanding> find(final PersonInspection inspection, final long atMs) {
        return psnNo.isEmpty() ? inspection.byCertificate(certType, certno, atMs) : inspection.byNumber(psnNo, atMs);
    }

    /** The option that names the person, in clear: for the record of an unmasked reading. */
    public String asked() {
        return psnNo.isEmpty() ? "--cert " + certType + ":" + certno : "--person " + psnNo;
    }

    /** The same, masked. */
    public String askedMasked() {
        return psnNo.isEmpty()
                ? "--cert " + certType + ":" + Masking.MASKED.shown("certno", certno)
                : "--person " + Masking.MASKED.shown("psnNo", psnNo);
    }

    @Override
    public String toString() {
        return psnNo.isEmpty() ? "a person named by certificate" : "a person named by number";
    }
}
