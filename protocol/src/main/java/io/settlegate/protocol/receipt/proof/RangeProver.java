package io.settlegate.protocol.receipt.proof;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.MountainRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes the path of a proof from the seal hashes, which it takes one after the other and does not keep: the subtrees that the
 * path names are known beforehand, and of each only the peaks are held. So a proof over a hundred million seals needs no more
 * memory than one over ten.
 *
 * <p>One thread at a time. Never blocks.
 */
public final class RangeProver {
    private final long count;
    private final List<Subtree> inPath;
    private final List<Subtree> inOrder;
    private long next;
    private int current;

    /** The seals of a subtree, {@code to} excluded. */
    private static final class Subtree {
        private final long from;
        private final long to;
        private final MountainRange range = new MountainRange();

        private Subtree(final long from, final long to) {
            this.from = from;
            this.to = to;
        }
    }

    private RangeProver(final long count, final List<Subtree> inPath) {
        this.count = count;
        this.inPath = inPath;
        this.inOrder = new ArrayList<>(inPath);
        inOrder.sort((a, b) -> Long.compare(a.from, b.from));
    }

    /** For PATH of RFC 9162, section 2.1.3.1: seal {@code number} among {@code count}. */
    public static RangeProver ofInclusion(final long number, final long count) {
        if (number < 0 || number >= count) {
            throw new IndexOutOfBoundsException("seal " + number + " is not among the first " + count);
        }
        final List<Subtree> path = new ArrayList<>();
        long from = 0;
        long to = count;
        while (to - from > 1) {
            final long middle = from + Long.highestOneBit(to - from - 1);
            if (number < middle) {
                path.add(new Subtree(middle, to));
                to = middle;
            } else {
                path.add(new Subtree(from, middle));
                from = middle;
            }
        }
        Collections.reverse(path);
        return new RangeProver(count, path);
    }

    /** For PROOF of RFC 9162, section 2.1.4.1: the first {@code oldCount} of {@code count} seals. Of none it is empty. */
    public static RangeProver ofConsistency(final long oldCount, final long count) {
        if (oldCount < 0 || oldCount > count) {
            throw new IndexOutOfBoundsException(oldCount + " seals are not the first of " + count);
        }
        final List<Subtree> path = new ArrayList<>();
        long from = 0;
        long to = count;
        while (oldCount > 0 && oldCount < to) {
            final long middle = from + Long.highestOneBit(to - from - 1);
            if (oldCount <= middle) {
                path.add(new Subtree(middle, to));
                to = middle;
            } else {
                path.add(new Subtree(from, middle));
                from = middle;
            }
        }
        if (oldCount > 0 && from > 0) {
            path.add(new Subtree(from, to));
        }
        Collections.reverse(path);
        return new RangeProver(count, path);
    }

    /** Takes the next seal's hash, from seal 0 on; those beyond the count are let go. */
    public void accept(final byte[] hash, final int offset) {
        if (current < inOrder.size() && next >= inOrder.get(current).from) {
            final Subtree subtree = inOrder.get(current);
            subtree.range.append(hash, offset);
            if (next + 1 == subtree.to) {
                current++;
            }
        }
        next++;
    }

    /**
     * The path, 32 bytes a hash, in the order of the RFC.
     *
     * @throws IllegalStateException if fewer hashes were taken than the proof speaks of.
     */
    public byte[] path() {
        if (next < count) {
            throw new IllegalStateException(next + " of " + count + " seal hashes were taken");
        }
        final byte[] path = new byte[inPath.size() * Sm3.LENGTH];
        for (int i = 0; i < inPath.size(); i++) {
            System.arraycopy(inPath.get(i).range.root(), 0, path, i * Sm3.LENGTH, Sm3.LENGTH);
        }
        return path;
    }
}
