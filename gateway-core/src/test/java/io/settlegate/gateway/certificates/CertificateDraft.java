package io.settlegate.gateway.certificates;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate before it is issued: good, until a test bends it. */
final class CertificateDraft {
    X500Name subject;
    SubjectPublicKeyInfo key;
    Instant from;
    Instant to;
    BigInteger serial = BigInteger.valueOf(4711);
    final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();

    private CertificateDraft(final String subject, final Sm2PublicKey key, final Instant now) {
        this.subject = new X500Name(subject);
        key(key);
        this.from = now.minus(Duration.ofDays(30));
        this.to = now.plus(Duration.ofDays(335));
    }

    static CertificateDraft terminal(final String commonName, final Sm2PublicKey key, final Instant now) {
        return new CertificateDraft("C=CN,CN=" + commonName, key, now)
                .with(Extension.basicConstraints, false, new BasicConstraints(false))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    }

    static CertificateDraft authority(final String commonName, final Sm2PublicKey key, final Instant now) {
        return new CertificateDraft("C=CN,O=Trial,CN=" + commonName, key, now)
                .with(Extension.basicConstraints, true, new BasicConstraints(true))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    /** Takes the place of an extension of the same kind. */
    CertificateDraft with(final ASN1ObjectIdentifier kind, final boolean critical, final ASN1Encodable value) {
        try {
            extensions.put(kind, Extension.create(kind, critical, value));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    CertificateDraft without(final ASN1ObjectIdentifier kind) {
        extensions.remove(kind);
        return this;
    }

    CertificateDraft valid(final Instant first, final Instant last) {
        from = first;
        to = last;
        return this;
    }

    CertificateDraft subject(final String name) {
        subject = new X500Name(name);
        return this;
    }

    CertificateDraft key(final Sm2PublicKey other) {
        key = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, GMObjectIdentifiers.sm2p256v1),
                other.encoded());
        return this;
    }

    CertificateDraft key(final SubjectPublicKeyInfo other) {
        key = other;
        return this;
    }

    CertificateDraft serial(final BigInteger number) {
        serial = number;
        return this;
    }
}
