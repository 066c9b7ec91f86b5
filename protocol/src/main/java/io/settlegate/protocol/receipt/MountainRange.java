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

    /**
     * The range that has these peaks, as {@link #peaks} gave them.
     *
     * @throws IllegalArgumentException if there are not as many as the count has.
     */
    public static MountainRange of(final long count, final byte[] peaks) {
        if (count < 0 || peaks.length != Long.bitCount(count) * Sm3.LENGTH) {
            throw new IllegalArgumentException(
                    "a range over " + count + " hashes has not " + peaks.length + " bytes of peaks");
        }
        final MountainRange range = new MountainRange();
        range.count = count;
        int from = 0;
        for (int height = MAX_PEAKS - 1; height >= 0; height--) {
            if ((count >>> height & 1) == 1) {
                System.arraycopy(peaks, from, range.peaks, height * Sm3.LENGTH, Sm3.LENGTH);
                from += Sm3.LENGTH;
            }
        }
        return range;
    }

    /** Becomes the same range as another. Allocates nothing. */
    public void set(final MountainRange other) {
        final int heights = Long.SIZE - Long.numberOfLeadingZeros(other.count);
        System.arraycopy(other.peaks, 0, peaks, 0, heights * Sm3.LENGTH);
        count = other.count;
    }

    /** The peaks, the highest first, 32 bytes each. */
    public byte[] peaks() {
        final byte[] result = new byte[Long.bitCount(count) * Sm3.LENGTH];
        int to = 0;
        for (int height = MAX_PEAKS - 1; height >= 0; height--) {
            if ((count >>> height & 1) == 1) {
                System.arraycopy(peaks, height * Sm3.LENGTH, result, to, Sm3.LENGTH);
                to += Sm3.LENGTH;
            }
        }
        return result;
    }

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
