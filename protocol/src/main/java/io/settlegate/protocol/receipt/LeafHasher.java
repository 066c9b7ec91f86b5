package io.settlegate.protocol.receipt;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.crypto.Sm3Batch;

/**
 * Hashes of the tree: a leaf of one record, and a node over two hashes. The prefix byte keeps a leaf from passing for a node
 * (RFC 9162, section 2.1.1).
 *
 * <pre>
 *   leaf = SM3(00 | sequence i64 LE | timeMs i64 LE | SM3(command) | SM3(outcome) | SM3(internal))
 *   node = SM3(01 | left | right)
 * </pre>
 *
 * <p>One thread at a time. Allocates nothing after construction and never blocks.
 */
public final class LeafHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final Sm3 sm3 = new Sm3();

    /** Writes the leaf hash at {@code target[targetOffset]}. The three hashes are 32 bytes at their offset. */
    public void leaf(
            final long sequence,
            final long timeMs,
            final byte[] partHashes,
            final int commandOffset,
            final int outcomeOffset,
            final int internalOffset,
            final byte[] target,
            final int targetOffset) {
        sm3.update(LEAF).updateLong(sequence).updateLong(timeMs);
        sm3.update(partHashes, commandOffset, Sm3.LENGTH);
        sm3.update(partHashes, outcomeOffset, Sm3.LENGTH);
        sm3.update(partHashes, internalOffset, Sm3.LENGTH);
        sm3.digest(target, targetOffset);
    }

    /** Writes the hash of a node. The target may be one of the children. */
    public void node(
            final byte[] left,
            final int leftOffset,
            final byte[] right,
            final int rightOffset,
            final byte[] target,
            final int targetOffset) {
        sm3.update(NODE).update(left, leftOffset, Sm3.LENGTH).update(right, rightOffset, Sm3.LENGTH);
        sm3.digest(target, targetOffset);
    }

    /** Adds the message of a leaf to {@code batch}, which takes its hash together with others. */
    public static void addLeaf(
            final Sm3Batch batch,
            final long sequence,
            final long timeMs,
            final byte[] partHashes,
            final int commandOffset,
            final int outcomeOffset,
            final int internalOffset) {
        batch.update(LEAF).updateLong(sequence).updateLong(timeMs);
        batch.update(partHashes, commandOffset, Sm3.LENGTH);
        batch.update(partHashes, outcomeOffset, Sm3.LENGTH);
        batch.update(partHashes, internalOffset, Sm3.LENGTH);
        batch.end();
    }

    /** Adds the message of a node whose children lie one after the other. */
    static void addNode(final Sm3Batch batch, final byte[] children, final int offset) {
        batch.update(NODE).update(children, offset, 2 * Sm3.LENGTH).end();
    }
}
