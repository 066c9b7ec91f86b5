package io.settlegate.protocol.receipt;

import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.SealDecoder;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The gateway's signed statement that closes a batch.
 *
 * <pre>
 *   SBE header (8) | body of message Seal, as in the schema | signature r||s (64)
 *   `------------- signed with the gateway's key ---------'
 *   `------------- SM3 of all of it is the seal's hash --------------------'
 * </pre>
 *
 * <p>Immutable, safe for all threads. {@link #decode} refuses bytes that are no seal; whether the signature holds is asked
 * separately, because it costs far more.
 */
public final class Seal {
    /** Bytes under the signature. */
    public static final int SIGNED_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH + SealDecoder.BLOCK_LENGTH;

    /** Bytes of a seal, signature included. */
    public static final int LENGTH = SIGNED_LENGTH + Sm2Signer.SIGNATURE_LENGTH;

    /** Sequences are far below this; a larger span is garbage and would overflow the count. */
    private static final long MAX_COUNT = Integer.MAX_VALUE;

    private final byte[] bytes;
    private final byte[] hash;
    private final SealDecoder body;

    private Seal(final byte[] bytes) {
        this.bytes = bytes;
        this.hash = Sm3.hash(bytes);
        this.body = new SealDecoder();
        body.wrap(
                new UnsafeBuffer(bytes),
                MessageHeaderDecoder.ENCODED_LENGTH,
                SealDecoder.BLOCK_LENGTH,
                SealDecoder.SCHEMA_VERSION);
    }

    /**
     * Takes a seal with its signature. The bytes are copied.
     *
     * @throws IllegalArgumentException if they are no seal of this version.
     */
    public static Seal decode(final byte[] bytes) {
        final String fault = faultOf(bytes);
        if (fault != null) {
            throw new IllegalArgumentException("no seal: " + fault);
        }
        return new Seal(bytes.clone());
    }

    /** Says why the bytes are no seal; null if they are one. Looks at the form only. */
    public static String faultOf(final byte[] bytes) {
        if (bytes.length != LENGTH) {
            return "a seal has " + LENGTH + " bytes, here are " + bytes.length;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        if (header.templateId() != SealDecoder.TEMPLATE_ID
                || header.schemaId() != SealDecoder.SCHEMA_ID
                || header.version() != SealDecoder.SCHEMA_VERSION
                || header.blockLength() != SealDecoder.BLOCK_LENGTH) {
            return "the header is not that of a seal of schema version " + SealDecoder.SCHEMA_VERSION;
        }
        final SealDecoder body = new SealDecoder();
        body.wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH, SealDecoder.BLOCK_LENGTH, SealDecoder.SCHEMA_VERSION);
        if (body.domainTag() != DomainTag.SEAL) {
            return "the domain tag is not that of a seal";
        }
        try {
            DurabilityLevel.of(body.durability());
        } catch (final IllegalArgumentException e) {
            return "the durability level is unknown";
        }
        final long first = body.firstSequence();
        final long last = body.lastSequence();
        if (body.sealNumber() < 0 || first < 0 || last < first || last - first >= MAX_COUNT) {
            return "the numbers cannot be";
        }
        return null;
    }

    /** True if {@code key} signed this seal. */
    public boolean isSignedBy(final Sm2PublicKey key, final SignatureVerifier verifier) {
        return verifier.verify(key, bytes, 0, SIGNED_LENGTH);
    }

    public DurabilityLevel durability() {
        return DurabilityLevel.of(body.durability());
    }

    public int gatewayKeyVersion() {
        return body.gatewayKeyVersion();
    }

    public String gatewayId() {
        final byte[] id = new byte[SealDecoder.gatewayIdLength()];
        body.getGatewayId(id, 0);
        int length = 0;
        while (length < id.length && id[length] != 0) {
            length++;
        }
        return new String(id, 0, length, StandardCharsets.US_ASCII);
    }

    public long sealNumber() {
        return body.sealNumber();
    }

    public long firstSequence() {
        return body.firstSequence();
    }

    public long lastSequence() {
        return body.lastSequence();
    }

    /** Records under the seal. */
    public int count() {
        return (int) (lastSequence() - firstSequence() + 1);
    }

    public long timeMs() {
        return body.timeMs();
    }

    public byte[] merkleRoot() {
        return slice(SealDecoder.merkleRootEncodingOffset(), Sm3.LENGTH);
    }

    public byte[] previousSealHash() {
        return slice(SealDecoder.previousSealHashEncodingOffset(), Sm3.LENGTH);
    }

    public byte[] mountainRangeRoot() {
        return slice(SealDecoder.mountainRangeRootEncodingOffset(), Sm3.LENGTH);
    }

    public long stateHashHigh() {
        return ByteBuffer.wrap(slice(SealDecoder.stateHashEncodingOffset(), Long.BYTES))
                .getLong();
    }

    public long stateHashLow() {
        return ByteBuffer.wrap(slice(SealDecoder.stateHashEncodingOffset() + Long.BYTES, Long.BYTES))
                .getLong();
    }

    private byte[] slice(final int bodyOffset, final int length) {
        final int from = MessageHeaderDecoder.ENCODED_LENGTH + bodyOffset;
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** SM3 of all bytes, signature included; a copy. */
    public byte[] hash() {
        return hash.clone();
    }

    /** All bytes, signature included; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Writes all bytes, signature included, and answers their number. */
    public int copyTo(final MutableDirectBuffer target, final int offset) {
        target.putBytes(offset, bytes);
        return LENGTH;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Seal seal && Arrays.equals(bytes, seal.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return "seal " + sealNumber() + " over records " + firstSequence() + " to " + lastSequence();
    }
}
