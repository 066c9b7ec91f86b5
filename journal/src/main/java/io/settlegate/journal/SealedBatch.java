package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.MerkleTree;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.Seal;
import org.agrona.MutableDirectBuffer;

/**
 * A committed batch: its seal and what the receipts of its records need.
 *
 * <p>Immutable; may be handed to another thread. The first call of {@link #encodeReceipt} builds the tree anew, so calls belong
 * to one thread at a time. Never blocks.
 */
public final class SealedBatch {
    private static final int PARTS_LENGTH = 2 * Sm3.LENGTH;

    private final Seal seal;
    private final long[] timesMs;
    private final byte[] leaves;
    private final byte[] partHashes;
    private MerkleTree tree;
    private byte[] path;

    /** Takes arrays that nobody changes any more: leaf hashes, and for each leaf SM3 of the command and of the internal part. */
    SealedBatch(final Seal seal, final long[] timesMs, final byte[] leaves, final byte[] partHashes) {
        this.seal = seal;
        this.timesMs = timesMs;
        this.leaves = leaves;
        this.partHashes = partHashes;
    }

    public Seal seal() {
        return seal;
    }

    public long firstSequence() {
        return seal.firstSequence();
    }

    public long lastSequence() {
        return seal.lastSequence();
    }

    /** Records of the batch. */
    public int count() {
        return timesMs.length;
    }

    /** The leaf hash of a record, a copy. */
    public byte[] leafHash(final int leafIndex) {
        checkLeaf(leafIndex);
        return java.util.Arrays.copyOfRange(leaves, leafIndex * Sm3.LENGTH, (leafIndex + 1) * Sm3.LENGTH);
    }

    /** The most bytes that a receipt of this batch takes. */
    public int maxReceiptLength() {
        return Receipt.encodedLength(Integer.SIZE - Integer.numberOfLeadingZeros(timesMs.length));
    }

    /** Writes the receipt of a record, SBE header included, and answers its length. */
    public int encodeReceipt(final int leafIndex, final MutableDirectBuffer target, final int offset) {
        checkLeaf(leafIndex);
        if (tree == null) {
            tree = new MerkleTree().build(leaves, 0, timesMs.length);
            path = new byte[MerkleTree.MAX_PATH_LENGTH * Sm3.LENGTH];
        }
        final int pathLength = tree.path(leafIndex, path, 0);
        final int parts = leafIndex * PARTS_LENGTH;
        return Receipt.encode(
                target,
                offset,
                seal.firstSequence() + leafIndex,
                timesMs[leafIndex],
                partHashes,
                parts,
                partHashes,
                parts + Sm3.LENGTH,
                leafIndex,
                path,
                pathLength,
                seal);
    }

    private void checkLeaf(final int leafIndex) {
        if (leafIndex < 0 || leafIndex >= timesMs.length) {
            throw new IndexOutOfBoundsException("leaf " + leafIndex + " of a batch of " + timesMs.length);
        }
    }
}
