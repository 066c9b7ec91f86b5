package io.settlegate.gateway.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.cert.X509v2CRLBuilder;

/** A revocation list before it is signed: current, and empty until a test revokes something. */
final class ListDraft {
    private final X500Name issuer;
    private final Map<BigInteger, Instant> revoked = new LinkedHashMap<>();
    private final ExtensionsGenerator extensions = new ExtensionsGenerator();
    private int reason;
    private Instant from;
    private Instant to;

    ListDraft(final X500Name issuer, final Instant now) {
        this.issuer = issuer;
        this.from = now.minus(Duration.ofHours(1));
        this.to = now.plus(Duration.ofDays(7));
    }

    ListDraft revoke(final BigInteger serial, final Instant when, final int why) {
        revoked.put(serial, when);
        reason = why;
        return this;
    }

    /** @param last null where the list does not say. */
    ListDraft current(final Instant first, final Instant last) {
        from = first;
        to = last;
        return this;
    }

    ListDraft with(final ASN1ObjectIdentifier kind, final boolean critical, final ASN1Encodable value)
            throws IOException {
        extensions.addExtension(kind, critical, value);
        return this;
    }

    X509v2CRLBuilder builder() throws IOException {
        final X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer, Date.from(from));
        if (to != null) {
            builder.setNextUpdate(Date.from(to));
        }
        revoked.forEach((serial, when) -> builder.addCRLEntry(serial, Date.from(when), reason));
        if (!extensions.isEmpty()) {
            for (final ASN1ObjectIdentifier kind : extensions.generate().getExtensionOIDs()) {
                final Extension extension = extensions.generate().getExtension(kind);
                builder.addExtension(extension);
            }
        }
        return builder;
    }
}
