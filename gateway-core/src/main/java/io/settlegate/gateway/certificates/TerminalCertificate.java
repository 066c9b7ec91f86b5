package io.settlegate.gateway.certificates;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.util.HexFormat;

/**
 * What remains of a certificate that was found good: the key, and what says later which certificate it was. Issuer and serial
 * number name it as a revocation list does, so that a later list can be held against the journal without the certificate.
 *
 * @param publicKey the terminal's.
 * @param digest SM3 over the certificate, DER.
 * @param issuerDigest SM3 over its issuer's name, DER.
 * @param serial big-endian, {@value #SERIAL_LENGTH} bytes.
 * @param authorityDigest SM3 over the authority's certificate, DER.
 * @param revocation whether lists were looked at.
 */
public record TerminalCertificate(
        Sm2PublicKey publicKey,
        byte[] digest,
        byte[] issuerDigest,
        byte[] serial,
        byte[] authorityDigest,
        Revocation revocation) {

    /** RFC 5280, 4.1.2.2: no serial number is longer. */
    public static final int SERIAL_LENGTH = 20;

    /** For people: serial number and digest, and whether lists were waived. */
    @Override
    public String toString() {
        int first = 0;
        while (first < SERIAL_LENGTH - 1 && serial[first] == 0) {
            first++;
        }
        final HexFormat hex = HexFormat.of();
        return "certificate " + hex.formatHex(serial, first, SERIAL_LENGTH) + " (SM3 " + hex.formatHex(digest) + ")"
                + (revocation == Revocation.WAIVED ? ", no revocation list looked at" : "");
    }
}
