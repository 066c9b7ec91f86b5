package io.settlegate.protocol.receipt.proof;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.MerkleTree;
import java.util.Arrays;

/**
 * The two checks of RFC 9162 over tree heads of seal hashes: that a hash stands at its place, and that the tree of a later head
 * begins with all of an earlier one. A leaf of this tree is {@code SM3(00 | seal hash)}, a node {@code SM3(01 | left | right)}.
 *
 * <p>Safe for all threads. Never blocks; of paths that cannot be it says no.
 */
final class RangeProofs {
    /** No path between two counts of 63 bits has more hashes. */
    static final int MAX_PATH_COUNT = 64;

    private static final byte[] LEAF = {0};
    private static final byte[] ROOT_OF_NOTHING = Sm3.hash(new byte[0]);

    private RangeProofs() {}

    /** RFC 9162, section 2.1.3.2: true if the hash of seal {@code number} stands at that place among {@code count} seals. */
    static boolean isIncluded(
            final byte[] sealHash, final long number, final long count, final byte[] path, final byte[] root) {
        final byte[] leaf = leaf(sealHash);
        final byte[] found = MerkleTree.rootOf(leaf, number, count, path, path.length / Sm3.LENGTH);
        return found != null && Arrays.equals(found, root);
    }

    private static byte[] leaf(final byte[] sealHash) {
        final byte[] hash = new byte[Sm3.LENGTH];
        new Sm3().update(LEAF, 0, LEAF.length).update(sealHash, 0, Sm3.LENGTH).digest(hash, 0);
        return hash;
    }

    /** RFC 9162, section 2.1.4.2: true if the first {@code oldCount} of {@code count} seals are those under the old root. */
    static boolean isConsistent(
            final long oldCount, final byte[] oldRoot, final long count, final byte[] root, final byte[] path) {
        if (oldCount < 0 || oldCount > count) {
            return false;
        }
        if (oldCount == 0) {
            return path.length == 0 && Arrays.equals(oldRoot, ROOT_OF_NOTHING);
        }
        if (oldCount == count) {
            return path.length == 0 && Arrays.equals(oldRoot, root);
        }
        return new Climb(oldCount, oldRoot, path).leadsTo(count, oldRoot, root);
    }

    /** Goes up from the last subtree of the old tree, in both trees at once. */
    private static final class Climb {
        private final LeafHasher hasher = new LeafHasher();
        private final byte[] path;
        private final byte[] oldHash;
        private final byte[] hash;
        private final int pathCount;
        private long index;
        private int used;

        private Climb(final long oldCount, final byte[] oldRoot, final byte[] path) {
            this.path = path;
            this.pathCount = path.length / Sm3.LENGTH;
            this.index = oldCount - 1;
            // A tree whose count is a power of two is a subtree of every later one, so its root need not be told.
            final boolean isWhole = Long.bitCount(oldCount) == 1;
            if (isWhole) {
                oldHash = oldRoot.clone();
            } else if (pathCount > 0) {
                oldHash = Arrays.copyOf(path, Sm3.LENGTH);
                used = 1;
            } else {
                oldHash = new byte[Sm3.LENGTH];
                used = 1;
            }
            hash = oldHash.clone();
        }

        private boolean leadsTo(final long count, final byte[] oldRoot, final byte[] root) {
            long last = count - 1;
            final int start = Long.numberOfTrailingZeros(~index);
            index >>= start;
            last >>= start;
            while (used < pathCount) {
                if (last == 0) {
                    return false;
                }
                if ((index & 1) == 1 || index == last) {
                    joinLeft();
                    final int lifted = Long.numberOfTrailingZeros(index);
                    if (index != 0) {
                        index >>= lifted;
                        last >>= lifted;
                    }
                } else {
                    hasher.node(hash, 0, path, used * Sm3.LENGTH, hash, 0);
                }
                used++;
                index >>= 1;
                last >>= 1;
            }
            return used == pathCount && last == 0 && Arrays.equals(oldHash, oldRoot) && Arrays.equals(hash, root);
        }

        private void joinLeft() {
            final int sibling = used * Sm3.LENGTH;
            hasher.node(path, sibling, oldHash, 0, oldHash, 0);
            hasher.node(path, sibling, hash, 0, hash, 0);
        }
    }
}
