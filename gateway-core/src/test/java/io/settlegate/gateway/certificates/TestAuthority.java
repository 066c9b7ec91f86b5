package io.settlegate.gateway.certificates;

import io.settlegate.gateway.documents.FixedRandom;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** An authority of the tests, or one below another. Its key comes from its name, so that certificates are the same in each run. */
public final class TestAuthority {
    private final X500Name name;
    private final Sm2PrivateKey key;
    private final Instant now;
    private final byte[] certificate;

    private TestAuthority(
            final CertificateDraft draft, final Sm2PrivateKey key, final Instant now, final byte[] certificate) {
        this.name = draft.subject;
        this.key = key;
        this.now = now;
        this.certificate = certificate;
    }

    /** One that vouches for itself. */
    public static TestAuthority root(final String commonName, final Instant now) throws IOException {
        return root(draft(commonName, now), commonName, now);
    }

    static TestAuthority root(final CertificateDraft draft, final String keyName, final Instant now)
            throws IOException {
        final Sm2PrivateKey key = keyOf(keyName);
        final CertificateDraft own = draft.key(key.publicKey());
        return new TestAuthority(own, key, now, sign(own, own.subject, signer(key)));
    }

    /** One that this one vouches for. */
    TestAuthority below(final CertificateDraft draft, final String keyName) throws IOException {
        final Sm2PrivateKey other = keyOf(keyName);
        return new TestAuthority(draft, other, now, issue(draft.key(other.publicKey())));
    }

    static CertificateDraft draft(final String commonName, final Instant now) {
        return CertificateDraft.authority(commonName, keyOf(commonName).publicKey(), now);
    }

    static Sm2PrivateKey keyOf(final String keyName) {
        return Sm2PrivateKey.generate(new FixedRandom("key of " + keyName));
    }

    byte[] certificate() {
        return certificate.clone();
    }

    /** A good certificate of a terminal. */
    public byte[] issueToTerminal(final String commonName, final Sm2PublicKey terminalKey) throws IOException {
        return issue(CertificateDraft.terminal(commonName, terminalKey, now));
    }

    byte[] issue(final CertificateDraft draft) throws IOException {
        return issue(draft, signer(key));
    }

    byte[] issue(final CertificateDraft draft, final ContentSigner signer) throws IOException {
        return sign(draft, name, signer);
    }

    Sm2PrivateKey key() {
        return key;
    }

    ListDraft draftList() {
        return new ListDraft(name, now);
    }

    byte[] sign(final ListDraft list) throws IOException {
        return list.builder().build(signer(key)).getEncoded();
    }

    private static byte[] sign(final CertificateDraft draft, final X500Name issuer, final ContentSigner signer)
            throws IOException {
        final X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer, draft.serial, Date.from(draft.from), Date.from(draft.to), draft.subject, draft.key);
        for (final Extension extension : draft.extensions.values()) {
            builder.addExtension(extension);
        }
        return builder.build(signer).getEncoded();
    }

    private static ContentSigner signer(final Sm2PrivateKey key) {
        return new Sm2ContentSigner(key, Sm2PublicKey.USER_ID);
    }

    /** Writes its certificate. */
    public Path writeCertificate(final Path file) throws IOException {
        return writePem(file, certificate);
    }

    /** Writes its list, on which nothing stands. */
    public Path writeEmptyList(final Path file) throws IOException {
        return Files.writeString(file, pem("X509 CRL", sign(draftList())));
    }

    /** Writes certificates one behind the other. */
    public static Path writePem(final Path file, final byte[]... certificates) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final byte[] der : certificates) {
            text.append("Text between them is left alone.\n").append(pem("CERTIFICATE", der));
        }
        return Files.writeString(file, text);
    }

    static String pem(final String type, final byte[] content) throws IOException {
        final StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        return text.toString();
    }
}
