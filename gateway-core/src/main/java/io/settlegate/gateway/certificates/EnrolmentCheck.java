package io.settlegate.gateway.certificates;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm3;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Decides whether a certificate may enrol a terminal, and takes from it what the act carries. That the terminal holds the private
 * key is not proven here: the authority saw it in the certificate request, and the gateway sees it at each sign-in.
 *
 * <p>One thread; blocks on the disk while it reads the files. What does not do is a {@link CertificateRefusedException}; a file that
 * cannot be read, or holds something else, is an IOException.
 */
public final class EnrolmentCheck {
    private final List<PlacedCertificate> authorities = new ArrayList<>();
    private final List<PlacedList> lists = new ArrayList<>();
    private final Revocation revocation;
    private final Clock clock;

    /** @param clock whose time is that of the enrolment. */
    public EnrolmentCheck(final Trust trust, final Clock clock) throws IOException {
        for (final Path file : trust.authorities()) {
            authorities.addAll(CertificateFiles.certificates(file));
        }
        for (final Path file : trust.lists()) {
            lists.addAll(CertificateFiles.lists(file));
        }
        this.revocation = trust.revocation();
        this.clock = clock;
    }

    /**
     * Checks the first certificate of a file.
     *
     * @param file of the terminal's certificate, and of its issuers' if they stand behind it.
     * @param chain files of further issuers.
     */
    public TerminalCertificate check(
            final Path file, final List<Path> chain, final String fixmedinsCode, final String sn)
            throws IOException, CertificateRefusedException {
        final List<PlacedCertificate> given = CertificateFiles.certificates(file);
        final List<PlacedCertificate> intermediates = new ArrayList<>(given.subList(1, given.size()));
        for (final Path further : chain) {
            intermediates.addAll(CertificateFiles.certificates(further));
        }
        return check(given.get(0), intermediates, TerminalRules.commonName(fixmedinsCode, sn));
    }

    private TerminalCertificate check(
            final PlacedCertificate terminal, final List<PlacedCertificate> intermediates, final String commonName)
            throws IOException, CertificateRefusedException {
        final Instant now = clock.instant();
        final Sm2PublicKey key = Sm2Rules.keyOf(terminal);
        TerminalRules.check(terminal, commonName);
        final Chain found = Chain.of(terminal, intermediates, authorities);
        IssuerRules.check(found, now);
        final List<X509CRL> currentLists =
                revocation == Revocation.WAIVED ? List.of() : new RevocationLists(lists).check(found, now);
        PathValidation.check(found, revocation, currentLists, now);
        return new TerminalCertificate(
                key,
                Sm3.hash(terminal.der()),
                Sm3.hash(Certificate.getInstance(terminal.der()).getIssuer().getEncoded(ASN1Encoding.DER)),
                serialOf(terminal),
                Sm3.hash(found.authority().der()),
                revocation);
    }

    private static byte[] serialOf(final PlacedCertificate terminal) throws CertificateRefusedException {
        final BigInteger number = terminal.certificate().getSerialNumber();
        final int length = TerminalCertificate.SERIAL_LENGTH;
        if (number.signum() <= 0 || number.bitLength() > length * Byte.SIZE) {
            throw terminal.refused(
                    "has a serial number that is not positive or has more than " + length + " bytes",
                    "have a certificate issued as RFC 5280 wants it");
        }
        final byte[] signed = number.toByteArray();
        final byte[] serial = new byte[length];
        final int count = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - count, serial, length - count, count);
        return serial;
    }
}
