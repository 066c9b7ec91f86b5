package io.settlegate.protocol.receipt;

import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.SealEncoder;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a seal states, before it is signed.
 *
 * <p>A value; the arrays are read at once by {@link #sign} and not kept. The state hash is written as sixteen bytes, the high
 * half first and each half big-endian, so that it reads in a dump as it prints.
 *
 * @param durability what was forced before anybody heard of the seal.
 * @param gatewayKeyVersion of the key that signs.
 * @param gatewayId up to 16 ASCII characters.
 * @param sealNumber from 0, without gaps.
 * @param firstSequence of the batch.
 * @param lastSequence of the batch.
 * @param timeMs of the last record.
 * @param merkleRoot over the leaves of the batch.
 * @param previousSealHash SM3 of the previous seal, signature included; zero for the first.
 * @param mountainRangeRoot over the hashes of all earlier seals.
 * @param stateHashHigh of the engine after the last record.
 * @param stateHashLow of the engine after the last record.
 */
public record SealBody(
        DurabilityLevel durability,
        int gatewayKeyVersion,
        String gatewayId,
        long sealNumber,
        long firstSequence,
        long lastSequence,
        long timeMs,
        byte[] merkleRoot,
        byte[] previousSealHash,
        byte[] mountainRangeRoot,
        long stateHashHigh,
        long stateHashLow) {

    public SealBody {
        if (sealNumber < 0 || firstSequence < 0 || lastSequence < firstSequence) {
            throw new IllegalArgumentException(
                    "seal " + sealNumber + " over " + firstSequence + " to " + lastSequence + " cannot be");
        }
        checkGatewayId(gatewayId);
        checkHash("merkleRoot", merkleRoot);
        checkHash("previousSealHash", previousSealHash);
        checkHash("mountainRangeRoot", mountainRangeRoot);
    }

    /** Refuses an id that does not fit the wire. */
    public static void checkGatewayId(final String gatewayId) {
        if (gatewayId.isEmpty()
                || gatewayId.length() > SealEncoder.gatewayIdLength()
                || !gatewayId.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a gateway id is 1 to " + SealEncoder.gatewayIdLength()
                    + " printable ASCII characters; got '" + gatewayId + "'");
        }
    }

    private static void checkHash(final String name, final byte[] hash) {
        if (hash.length != Sm3.LENGTH) {
            throw new IllegalArgumentException(name + " has " + hash.length + " bytes, not " + Sm3.LENGTH);
        }
    }

    /** Encodes and signs. */
    public Seal sign(final Sm2Signer signer) {
        final byte[] bytes = new byte[Seal.LENGTH];
        final SealEncoder encoder = new SealEncoder();
        encoder.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder());
        encoder.domainTag(DomainTag.SEAL)
                .durability(durability.wire())
                .gatewayKeyVersion(gatewayKeyVersion)
                .sealNumber(sealNumber)
                .firstSequence(firstSequence)
                .lastSequence(lastSequence)
                .timeMs(timeMs);
        final byte[] id = gatewayId.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < id.length; i++) {
            encoder.gatewayId(i, id[i]);
        }
        for (int i = 0; i < Sm3.LENGTH; i++) {
            encoder.merkleRoot(i, toUnsigned(merkleRoot[i]));
            encoder.previousSealHash(i, toUnsigned(previousSealHash[i]));
            encoder.mountainRangeRoot(i, toUnsigned(mountainRangeRoot[i]));
        }
        for (int i = 0; i < Long.BYTES; i++) {
            final int shift = Long.SIZE - Byte.SIZE * (i + 1);
            encoder.stateHash(i, toUnsigned((byte) (stateHashHigh >>> shift)));
            encoder.stateHash(Long.BYTES + i, toUnsigned((byte) (stateHashLow >>> shift)));
        }
        signer.sign(bytes, 0, Seal.SIGNED_LENGTH, bytes, Seal.SIGNED_LENGTH);
        return Seal.decode(bytes);
    }

    private static short toUnsigned(final byte value) {
        return (short) (value & 0xff);
    }
}
