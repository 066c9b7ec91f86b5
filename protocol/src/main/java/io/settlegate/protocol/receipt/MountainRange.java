package io.settlegate.protocol.receipt;

import io.settlegate.protocol.crypto.Sm3;

/**
 * The Merkle mountain range over seal hashes: only the peaks are kept, one for each bit set in the count. Its root over n
 * hashes is the tree head of RFC 9162 with these hashes as leaf values; over nothing it is SM3 of nothing.
 *
 * <p>A leaf of this tree is {@code SM3(00 | seal hash)}, as the RFC asks.
 *
 * <p>One thread at a time. Never blocks; an append allocates one hash.
 */
public final class MountainRange {
    private static final int MAX_PEAKS = Long.SIZE;
    private static final byte LEAF = 0;

    private final LeafHasher hasher = new LeafHasher();
    private final Sm3 sm3 = new Sm3();
    private final byte[] peaks = new byte[MAX_PEAKS * Sm3.LENGTH];
    private long count;

    /** Appends a hash of 32 bytes. */
    public void append(final byte[] hash, final int offset) {
        // The peaks lie by height; a carry runs up as in binary addition.
        final byte[] carry = new byte[Sm3.LENGTH];
        sm3.update(LEAF).update(hash, offset, Sm3.LENGTH).digest(carry, 0);
        int height = 0;
        for (long bits = count; (bits & 1) == 1; bits >>>= 1) {
            hasher.node(peaks, height * Sm3.LENGTH, carry, 0, carry, 0);
            height++;
        }
        System.arraycopy(carry, 0, peaks, height * Sm3.LENGTH, Sm3.LENGTH);
        count++;
    }

    /** Hashes appended so far. */
    public long count() {
        return count;
    }

    /** The root over all hashes appended so far. */
    public byte[] root() {
        final byte[] root = new byte[Sm3.LENGTH];
        if (count == 0) {
            sm3.digest(root, 0);
            return root;
        }
        boolean first = true;
        for (int height = 0; height < MAX_PEAKS; height++) {
            if ((count >>> height & 1) == 0) {
                continue;
            }
            if (first) {
                System.arraycopy(peaks, height * Sm3.LENGTH, root, 0, Sm3.LENGTH);
                first = false;
            } else {
                hasher.node(peaks, height * Sm3.LENGTH, root, 0, root, 0);
            }
        }
        return root;
    }
}
