package io.settlegate.journal;

import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.MountainRange;
import io.settlegate.protocol.receipt.Seal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A place in the chain of seals that proves itself: the records before it need not be there.
 *
 * <pre>
 *   seal | founding seal | i64 seals before it | u32 length, peaks over them, the highest first | u32 length, founding record
 * </pre>
 *
 * <p>The seal is signed and names the root of the range over all seals before it, so the peaks are proven by that signature.
 * The founding seal is signed and covers the founding record alone, so that record is proven too. What an anchor cannot prove
 * is that its seal stands in the journal at hand: that is looked up there.
 *
 * <p>A value; the range is not to be changed.
 *
 * @param genesis what the journal was founded with.
 * @param foundingSeal seal 0.
 * @param seal the place.
 * @param rangeBefore the mountain range over the seals before it.
 */
record ChainAnchor(Genesis genesis, Seal foundingSeal, Seal seal, MountainRange rangeBefore) {
    private static final int FIXED_LENGTH = 2 * Seal.LENGTH + 8 + 4 + 4;

    byte[] encode() {
        final byte[] peaks = rangeBefore.peaks();
        final byte[] founding = genesis.encode();
        final ByteBuffer buffer = ByteBuffer.allocate(FIXED_LENGTH + peaks.length + founding.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(seal.bytes()).put(foundingSeal.bytes()).putLong(rangeBefore.count());
        buffer.putInt(peaks.length).put(peaks).putInt(founding.length).put(founding);
        return buffer.array();
    }

    /** Reads an anchor; null if the bytes are none. */
    static ChainAnchor decode(final byte[] bytes) {
        if (bytes.length < FIXED_LENGTH) {
            return null;
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final Seal seal = seal(buffer);
        final Seal founding = seal(buffer);
        final long count = buffer.getLong();
        final byte[] peaks = part(buffer);
        final byte[] record = peaks == null ? null : part(buffer);
        final Genesis genesis = record == null ? null : Genesis.decode(record);
        if (seal == null
                || founding == null
                || genesis == null
                || buffer.hasRemaining()
                || count != seal.sealNumber()
                || peaks.length != Long.bitCount(count) * Sm3.LENGTH) {
            return null;
        }
        return new ChainAnchor(genesis, founding, seal, MountainRange.of(count, peaks));
    }

    private static Seal seal(final ByteBuffer buffer) {
        final byte[] bytes = new byte[Seal.LENGTH];
        buffer.get(bytes);
        return Seal.faultOf(bytes) == null ? Seal.decode(bytes) : null;
    }

    private static byte[] part(final ByteBuffer buffer) {
        if (buffer.remaining() < Integer.BYTES) {
            return null;
        }
        final int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            return null;
        }
        final byte[] part = new byte[length];
        buffer.get(part);
        return part;
    }

    /** Says what does not hold, or null: signatures, founding record, gateway id, peaks. */
    String fault(final SignatureVerifier signatures) {
        if (foundingSeal.sealNumber() != 0
                || foundingSeal.lastSequence() != 0
                || !Arrays.equals(foundingSeal.merkleRoot(), leafOfGenesis())) {
            return "the founding seal does not cover the founding record";
        }
        if (!foundingSeal.isSignedBy(genesis.gatewayKey(), signatures)) {
            return "the founding seal is not signed with the gateway's key";
        }
        if (!seal.gatewayId().equals(genesis.gatewayId())) {
            return seal + " is that of gateway '" + seal.gatewayId() + "'";
        }
        if (!seal.isSignedBy(genesis.gatewayKey(), signatures)) {
            return seal + " is not signed with the gateway's key";
        }
        if (!Arrays.equals(rangeBefore.root(), seal.mountainRangeRoot())) {
            return "the peaks do not give the mountain range root that " + seal + " states";
        }
        return null;
    }

    private byte[] leafOfGenesis() {
        final byte[] parts = new byte[3 * Sm3.LENGTH];
        System.arraycopy(Sm3.hash(genesis.encode()), 0, parts, 0, Sm3.LENGTH);
        System.arraycopy(Sm3.hash(new byte[0]), 0, parts, Sm3.LENGTH, Sm3.LENGTH);
        System.arraycopy(Sm3.hash(new byte[0]), 0, parts, 2 * Sm3.LENGTH, Sm3.LENGTH);
        final byte[] leaf = new byte[Sm3.LENGTH];
        new LeafHasher().leaf(0, genesis.timeMs(), parts, 0, Sm3.LENGTH, 2 * Sm3.LENGTH, leaf, 0);
        return leaf;
    }
}
