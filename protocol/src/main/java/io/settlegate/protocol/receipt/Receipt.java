package io.settlegate.protocol.receipt;

import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.ReceiptDecoder;
import io.settlegate.protocol.codec.ReceiptEncoder;
import io.settlegate.protocol.crypto.Sm3;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Proof that an outcome stands in the journal: its place, the hashes of what the terminal does not hold, the path, the seal.
 *
 * <p>A value; arrays are not copied and not to be changed. {@link #decode} refuses everything that is not the one encoding of
 * its content, so that no two receipts differ in bytes and agree in meaning.
 *
 * @param sequence of the record.
 * @param timeMs of the record.
 * @param commandHash SM3 of the signed request as received.
 * @param internalHash SM3 of the record's internal part.
 * @param leafIndex in the batch, from 0.
 * @param path inclusion path, 32 bytes each, leaf upwards.
 * @param seal of the batch.
 */
public record Receipt(
        long sequence, long timeMs, byte[] commandHash, byte[] internalHash, long leafIndex, byte[] path, Seal seal) {

    private static final int PATH_HEADER_LENGTH = 4;
    private static final int SEAL_HEADER_LENGTH = 2;

    /** Bytes of a receipt with a path of so many hashes. */
    public static int encodedLength(final int pathLength) {
        return MessageHeaderEncoder.ENCODED_LENGTH
                + ReceiptEncoder.BLOCK_LENGTH
                + PATH_HEADER_LENGTH
                + pathLength * Sm3.LENGTH
                + SEAL_HEADER_LENGTH
                + Seal.LENGTH;
    }

    /** Writes the SBE message, header included, and answers its length. */
    public int encode(final MutableDirectBuffer target, final int offset) {
        return encode(
                target,
                offset,
                sequence,
                timeMs,
                commandHash,
                0,
                internalHash,
                0,
                leafIndex,
                path,
                path.length / Sm3.LENGTH,
                seal);
    }

    /** Writes a receipt from its parts, without an object. The hashes are 32 bytes at their offset. */
    public static int encode(
            final MutableDirectBuffer target,
            final int offset,
            final long sequence,
            final long timeMs,
            final byte[] commandHashes,
            final int commandHashOffset,
            final byte[] internalHashes,
            final int internalHashOffset,
            final long leafIndex,
            final byte[] path,
            final int pathLength,
            final Seal seal) {
        final ReceiptEncoder encoder = new ReceiptEncoder();
        encoder.wrapAndApplyHeader(target, offset, new MessageHeaderEncoder());
        encoder.sequence(sequence).timeMs(timeMs).leafIndex(leafIndex);
        final int block = offset + MessageHeaderEncoder.ENCODED_LENGTH;
        target.putBytes(
                block + ReceiptEncoder.commandHashEncodingOffset(), commandHashes, commandHashOffset, Sm3.LENGTH);
        target.putBytes(
                block + ReceiptEncoder.internalHashEncodingOffset(), internalHashes, internalHashOffset, Sm3.LENGTH);
        final ReceiptEncoder.PathEncoder hashes = encoder.pathCount(pathLength);
        for (int i = 0; i < pathLength; i++) {
            hashes.next();
            target.putBytes(encoder.limit() - Sm3.LENGTH, path, i * Sm3.LENGTH, Sm3.LENGTH);
        }
        final int sealAt = encoder.limit();
        target.putShort(sealAt, (short) Seal.LENGTH, java.nio.ByteOrder.LITTLE_ENDIAN);
        seal.copyTo(target, sealAt + SEAL_HEADER_LENGTH);
        return sealAt + SEAL_HEADER_LENGTH + Seal.LENGTH - offset;
    }

    /**
     * Reads a receipt that fills {@code bytes} exactly.
     *
     * @throws IllegalArgumentException if the bytes are no receipt.
     */
    public static Receipt decode(final byte[] bytes) {
        if (bytes.length < encodedLength(0) || (bytes.length - encodedLength(0)) % Sm3.LENGTH != 0) {
            throw new IllegalArgumentException("no receipt: " + bytes.length + " bytes cannot be one");
        }
        final int pathLength = (bytes.length - encodedLength(0)) / Sm3.LENGTH;
        if (pathLength > MerkleTree.MAX_PATH_LENGTH) {
            throw new IllegalArgumentException("no receipt: a path of " + pathLength + " hashes is too long");
        }
        final ReceiptDecoder decoder = new ReceiptDecoder();
        decoder.wrap(
                new UnsafeBuffer(bytes),
                MessageHeaderDecoder.ENCODED_LENGTH,
                ReceiptDecoder.BLOCK_LENGTH,
                ReceiptDecoder.SCHEMA_VERSION);
        final int block = MessageHeaderDecoder.ENCODED_LENGTH;
        final int pathAt = block + ReceiptDecoder.BLOCK_LENGTH + PATH_HEADER_LENGTH;
        final int sealAt = bytes.length - Seal.LENGTH;
        final Receipt receipt = new Receipt(
                decoder.sequence(),
                decoder.timeMs(),
                hashAt(bytes, block + ReceiptDecoder.commandHashEncodingOffset()),
                hashAt(bytes, block + ReceiptDecoder.internalHashEncodingOffset()),
                decoder.leafIndex(),
                Arrays.copyOfRange(bytes, pathAt, pathAt + pathLength * Sm3.LENGTH),
                Seal.decode(Arrays.copyOfRange(bytes, sealAt, bytes.length)));
        // Writing it again finds each header, length, and count that is not as it must be.
        if (!Arrays.equals(bytes, receipt.toBytes())) {
            throw new IllegalArgumentException(
                    "no receipt: its headers or lengths are not those of a receipt of this version");
        }
        return receipt;
    }

    private static byte[] hashAt(final byte[] bytes, final int offset) {
        return Arrays.copyOfRange(bytes, offset, offset + Sm3.LENGTH);
    }

    /** The SBE message, header included. */
    public byte[] toBytes() {
        final byte[] bytes = new byte[encodedLength(path.length / Sm3.LENGTH)];
        encode(new UnsafeBuffer(bytes), 0);
        return bytes;
    }
}
