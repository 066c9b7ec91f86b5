package io.settlegate.gateway.certificates;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * Certificates and revocation lists in files, PEM or DER. A PEM file may hold several, with text between them.
 *
 * <p>Stateless; blocks on the disk. An IOException means that a file cannot be read or holds something else; it says which.
 */
final class CertificateFiles {
    /** Some hundred certificates. */
    static final int MAX_CERTIFICATES_LENGTH = 256 << 10;

    /** About a million entries. */
    static final int MAX_LIST_LENGTH = 64 << 20;

    private static final String CERTIFICATE_TYPE = "CERTIFICATE";
    private static final String LIST_TYPE = "X509 CRL";
    private static final byte DER_SEQUENCE = 0x30;

    private CertificateFiles() {}

    /** At least one. */
    static List<PlacedCertificate> certificates(final Path file) throws IOException {
        final List<PlacedCertificate> certificates = new ArrayList<>();
        for (final byte[] der : objects(file, CERTIFICATE_TYPE, MAX_CERTIFICATES_LENGTH)) {
            final String place = "certificate " + (certificates.size() + 1) + " of " + file;
            try {
                final X509Certificate certificate =
                        (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
                // The digest that is journaled must be the one that others compute over the file.
                if (certificate == null || !Arrays.equals(certificate.getEncoded(), der)) {
                    throw new IOException(
                            place + " is not in DER; ask its issuer for the certificate as it was signed");
                }
                parse(certificate);
                certificates.add(new PlacedCertificate(certificate, der, place));
            } catch (final GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
                throw new IOException(place + " is no X.509 certificate; ask its issuer for it once more", e);
            }
        }
        return certificates;
    }

    /** At least one. */
    static List<PlacedList> lists(final Path file) throws IOException {
        final List<PlacedList> lists = new ArrayList<>();
        for (final byte[] der : objects(file, LIST_TYPE, MAX_LIST_LENGTH)) {
            final String place = "revocation list " + (lists.size() + 1) + " of " + file;
            try {
                final X509CRL list = (X509CRL) factory().generateCRL(new ByteArrayInputStream(der));
                if (list == null || !Arrays.equals(list.getEncoded(), der)) {
                    throw new IOException(place + " is not in DER; fetch the list once more");
                }
                Objects.requireNonNull(list.getIssuerX500Principal());
                Objects.requireNonNull(list.getThisUpdate());
                lists.add(new PlacedList(list, place));
            } catch (final GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
                throw new IOException(place + " is no X.509 revocation list; fetch the list once more", e);
            }
        }
        return lists;
    }

    /** Names and times are read when they are first asked for, and fail only then. */
    private static void parse(final X509Certificate certificate) {
        Objects.requireNonNull(certificate.getIssuerX500Principal());
        Objects.requireNonNull(certificate.getSubjectX500Principal());
        Objects.requireNonNull(certificate.getNotBefore());
        Objects.requireNonNull(certificate.getNotAfter());
    }

    private static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER);
    }

    private static List<byte[]> objects(final Path file, final String type, final int maxLength) throws IOException {
        final byte[] content = read(file, maxLength);
        if (content.length > 0 && content[0] == DER_SEQUENCE) {
            return List.of(content);
        }
        final List<byte[]> objects = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(new String(content, StandardCharsets.ISO_8859_1)))) {
            for (PemObject object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                if (!object.getType().equals(type)) {
                    throw new IOException(file + " holds a " + object.getType() + " where only " + type + " belongs; "
                            + (object.getType().endsWith("PRIVATE KEY")
                                    ? "a private key stays on the machine that made it"
                                    : "name the file that holds it"));
                }
                objects.add(object.getContent());
            }
        } catch (final IllegalArgumentException e) {
            throw new IOException(file + " holds no " + type + ": its base64 cannot be read", e);
        }
        if (objects.isEmpty()) {
            throw new IOException(file + " holds no " + type + ", neither in PEM nor in DER");
        }
        return objects;
    }

    private static byte[] read(final Path file, final int maxLength) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no file that can be read");
        }
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (InputStream input = Files.newInputStream(file)) {
            content.writeBytes(input.readNBytes(maxLength));
            if (input.read() >= 0) {
                throw new IOException(file + " has more than " + maxLength + " bytes, the limit for such a file");
            }
        }
        return content.toByteArray();
    }
}
