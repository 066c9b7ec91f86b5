package io.settlegate.protocol.receipt;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.crypto.Sm3Batch;
import java.util.Arrays;

/**
 * The Merkle tree over the leaves of one batch, in the shape of RFC 9162: the left subtree of n leaves holds the largest power
 * of two below n. Level by level that is: pair neighbours, and lift the last one unpaired.
 *
 * <p>One thread at a time. Buffers are kept between batches, so a batch no larger than an earlier one allocates nothing. Never
 * blocks; throws only if there is no leaf or an index lies outside.
 */
public final class MerkleTree {
    /** Levels of the largest batch: a path is never longer. */
    public static final int MAX_PATH_LENGTH = 31;

    /** Nodes of one level that are hashed together. */
    private static final int GROUP = 32;

    private final Sm3Batch sm3;
    private byte[] nodes = new byte[0];
    private final int[] levelOffsets = new int[MAX_PATH_LENGTH + 2];
    private final int[] levelCounts = new int[MAX_PATH_LENGTH + 2];
    private int levels;

    /** A tree whose root may be kept. */
    public MerkleTree() {
        this(new Sm3Batch(GROUP));
    }

    private MerkleTree(final Sm3Batch sm3) {
        this.sm3 = sm3;
    }

    /** A tree whose root may be kept, made in lanes that have to agree. */
    public static MerkleTree inAgreeingLanes() {
        return new MerkleTree(Sm3Batch.inAgreeingLanes(GROUP));
    }

    /** A tree to compare with a root that is there; where they differ, a tree made by the constructor decides. */
    public static MerkleTree inLanes() {
        return new MerkleTree(Sm3Batch.inLanes(GROUP));
    }

    /** Takes {@code count} leaf hashes that lie one after the other from {@code offset}. */
    public MerkleTree build(final byte[] leaves, final int offset, final int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a batch has at least one leaf; got " + count);
        }
        layOut(count);
        System.arraycopy(leaves, offset, nodes, 0, count * Sm3.LENGTH);
        for (int level = 1; level < levels; level++) {
            hashLevel(level);
        }
        return this;
    }

    private void layOut(final int count) {
        int total = 0;
        int level = 0;
        int width = count;
        while (true) {
            levelOffsets[level] = Math.multiplyExact(total, Sm3.LENGTH);
            levelCounts[level] = width;
            total += width;
            level++;
            if (width == 1) {
                break;
            }
            width = (width + 1) / 2;
        }
        levels = level;
        final int length = Math.multiplyExact(total, Sm3.LENGTH);
        if (nodes.length < length) {
            nodes = new byte[length];
        }
    }

    private void hashLevel(final int level) {
        final int below = levelOffsets[level - 1];
        final int here = levelOffsets[level];
        final int belowCount = levelCounts[level - 1];
        final int pairs = belowCount / 2;
        for (int first = 0; first < pairs; first += GROUP) {
            for (int i = first; i < Math.min(pairs, first + GROUP); i++) {
                LeafHasher.addNode(sm3, nodes, below + 2 * i * Sm3.LENGTH);
            }
            sm3.digest(nodes, here + first * Sm3.LENGTH);
        }
        if ((belowCount & 1) == 1) {
            final int last = below + (belowCount - 1) * Sm3.LENGTH;
            System.arraycopy(nodes, last, nodes, here + belowCount / 2 * Sm3.LENGTH, Sm3.LENGTH);
        }
    }

    /** The root of the batch built last, a copy. */
    public byte[] root() {
        if (levels == 0) {
            throw new IllegalStateException("no batch was built");
        }
        final int offset = levelOffsets[levels - 1];
        return Arrays.copyOfRange(nodes, offset, offset + Sm3.LENGTH);
    }

    /** Hashes in the inclusion path of a leaf. */
    public int pathLength(final int leafIndex) {
        checkLeaf(leafIndex);
        int length = 0;
        int index = leafIndex;
        for (int level = 0; level < levels - 1; level++) {
            if ((index ^ 1) < levelCounts[level]) {
                length++;
            }
            index >>= 1;
        }
        return length;
    }

    /** Writes the inclusion path of a leaf, from the leaf upwards, and answers the number of hashes. */
    public int path(final int leafIndex, final byte[] target, final int offset) {
        checkLeaf(leafIndex);
        int length = 0;
        int index = leafIndex;
        for (int level = 0; level < levels - 1; level++) {
            final int sibling = index ^ 1;
            if (sibling < levelCounts[level]) {
                final int from = levelOffsets[level] + sibling * Sm3.LENGTH;
                System.arraycopy(nodes, from, target, offset + length * Sm3.LENGTH, Sm3.LENGTH);
                length++;
            }
            index >>= 1;
        }
        return length;
    }

    private void checkLeaf(final int leafIndex) {
        if (levels == 0 || leafIndex < 0 || leafIndex >= levelCounts[0]) {
            throw new IndexOutOfBoundsException(
                    "leaf " + leafIndex + " of a batch of " + (levels == 0 ? 0 : levelCounts[0]));
        }
    }

    /**
     * Computes the root that a leaf, its place, and its path lead to (RFC 9162, section 2.1.3.2).
     *
     * @return the root, or null if the path has not the length that the place asks for.
     */
    public static byte[] rootOf(
            final byte[] leaf, final long leafIndex, final long leafCount, final byte[] path, final int pathLength) {
        if (leafIndex < 0 || leafIndex >= leafCount) {
            return null;
        }
        final LeafHasher hasher = new LeafHasher();
        final byte[] hash = leaf.clone();
        long index = leafIndex;
        long last = leafCount - 1;
        int used = 0;
        while (last > 0) {
            if ((index & 1) == 1 || index < last) {
                if (used == pathLength) {
                    return null;
                }
                final int sibling = used * Sm3.LENGTH;
                if ((index & 1) == 1) {
                    hasher.node(path, sibling, hash, 0, hash, 0);
                } else {
                    hasher.node(hash, 0, path, sibling, hash, 0);
                }
                used++;
            }
            index >>= 1;
            last >>= 1;
        }
        return used == pathLength ? hash : null;
    }
}
