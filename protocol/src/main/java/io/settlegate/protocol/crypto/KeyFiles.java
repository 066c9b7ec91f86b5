package io.settlegate.protocol.crypto;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Keys in files: PKCS#8 and SubjectPublicKeyInfo in PEM, with the SM2 curve's own identifier, as {@code openssl pkey} reads
 * and writes them. Private keys are created readable by their owner only, and never over an existing file.
 */
public final class KeyFiles {
    private static final String PRIVATE_TYPE = "PRIVATE KEY";
    private static final String PUBLIC_TYPE = "PUBLIC KEY";
    private static final AlgorithmIdentifier SM2 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, GMObjectIdentifiers.sm2p256v1);

    private KeyFiles() {}

    /** @throws java.nio.file.FileAlreadyExistsException if the file is there: a key is never overwritten. */
    public static void writePrivate(final Path file, final Sm2PrivateKey key) throws IOException {
        final DERBitString publicBits = new DERBitString(key.publicKey().encoded());
        final PrivateKeyInfo info =
                new PrivateKeyInfo(SM2, new ECPrivateKey(Sm2Curve.N.bitLength(), key.d, publicBits, null));
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, pem(PRIVATE_TYPE, info.getEncoded()), StandardOpenOption.WRITE);
    }

    /** @throws java.nio.file.FileAlreadyExistsException if the file is there. */
    public static void writePublic(final Path file, final Sm2PublicKey key) throws IOException {
        final SubjectPublicKeyInfo info = new SubjectPublicKeyInfo(SM2, key.encoded());
        Files.writeString(file, pem(PUBLIC_TYPE, info.getEncoded()), StandardOpenOption.CREATE_NEW);
    }

    /** @throws IOException if the file cannot be read or holds no SM2 private key; the message tells which. */
    public static Sm2PrivateKey readPrivate(final Path file) throws IOException {
        try {
            final PrivateKeyInfo info = PrivateKeyInfo.getInstance(content(file, PRIVATE_TYPE));
            requireSm2(file, info.getPrivateKeyAlgorithm());
            return Sm2PrivateKey.of(
                    ECPrivateKey.getInstance(info.parsePrivateKey()).getKey());
        } catch (final IllegalArgumentException e) {
            throw new IOException(file + " holds no SM2 private key in PKCS#8", e);
        }
    }

    /** @throws IOException if the file cannot be read or holds no SM2 public key; the message tells which. */
    public static Sm2PublicKey readPublic(final Path file) throws IOException {
        try {
            final SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(content(file, PUBLIC_TYPE));
            requireSm2(file, info.getAlgorithm());
            final ASN1BitString bits = info.getPublicKeyData();
            return Sm2PublicKey.decode(bits.getOctets());
        } catch (final IllegalArgumentException e) {
            throw new IOException(file + " holds no SM2 public key", e);
        }
    }

    private static void requireSm2(final Path file, final AlgorithmIdentifier algorithm) throws IOException {
        if (!SM2.equals(algorithm)) {
            // Some exporters write an SM2 key under the identifier of prime256v1; taking it would hide which curve is
            // meant.
            throw new IOException(file + " holds a key of another algorithm or curve than SM2 (1.2.156.10197.1.301)");
        }
    }

    private static byte[] content(final Path file, final String type) throws IOException {
        try (PemReader reader = new PemReader(new StringReader(Files.readString(file, StandardCharsets.US_ASCII)))) {
            final PemObject object = reader.readPemObject();
            if (object == null || !object.getType().equals(type)) {
                throw new IOException(file + " is no PEM file of type " + type);
            }
            return object.getContent();
        }
    }

    private static String pem(final String type, final byte[] content) {
        final StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
