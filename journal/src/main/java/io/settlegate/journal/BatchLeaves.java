package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.MerkleTree;
import io.settlegate.protocol.receipt.Seal;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The leaves of the open batch. The arrays grow to the largest batch and are kept.
 *
 * <p>One thread at a time.
 */
final class BatchLeaves {
    /** Records of one batch at most. */
    static final int MAX_COUNT = 1 << 14;

    private static final int INITIAL_COUNT = 256;
    private static final int PARTS_LENGTH = 2 * Sm3.LENGTH;

    private final Sm3 sm3 = new Sm3();
    private final LeafHasher hasher = new LeafHasher();
    private final MerkleTree tree = new MerkleTree();
    private final byte[] hashes = new byte[3 * Sm3.LENGTH];
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long[] timesMs = new long[INITIAL_COUNT];
    private byte[] leaves = new byte[INITIAL_COUNT * Sm3.LENGTH];
    private byte[] partHashes = new byte[INITIAL_COUNT * PARTS_LENGTH];
    private int count;

    void add(final RecordView record) {
        final DirectBuffer buffer = record.buffer();
        add(
                record.sequence(),
                record.timeMs(),
                buffer,
                record.commandOffset(),
                record.commandLength(),
                buffer,
                record.outcomeOffset(),
                record.outcomeLength(),
                buffer,
                record.internalOffset(),
                record.internalLength());
    }

    void add(
            final long sequence,
            final long timeMs,
            final DirectBuffer command,
            final int commandOffset,
            final int commandLength,
            final DirectBuffer outcome,
            final int outcomeOffset,
            final int outcomeLength,
            final DirectBuffer internal,
            final int internalOffset,
            final int internalLength) {
        if (count == timesMs.length) {
            grow();
        }
        sm3.update(command, commandOffset, commandLength).digest(hashes, 0);
        sm3.update(outcome, outcomeOffset, outcomeLength).digest(hashes, Sm3.LENGTH);
        sm3.update(internal, internalOffset, internalLength).digest(hashes, 2 * Sm3.LENGTH);
        hasher.leaf(sequence, timeMs, hashes, 0, Sm3.LENGTH, 2 * Sm3.LENGTH, leaves, count * Sm3.LENGTH);
        System.arraycopy(hashes, 0, partHashes, count * PARTS_LENGTH, Sm3.LENGTH);
        System.arraycopy(hashes, 2 * Sm3.LENGTH, partHashes, count * PARTS_LENGTH + Sm3.LENGTH, Sm3.LENGTH);
        timesMs[count] = timeMs;
        count++;
    }

    private void grow() {
        final int larger = timesMs.length * 2;
        timesMs = Arrays.copyOf(timesMs, larger);
        leaves = Arrays.copyOf(leaves, larger * Sm3.LENGTH);
        partHashes = Arrays.copyOf(partHashes, larger * PARTS_LENGTH);
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == MAX_COUNT;
    }

    /** The leaf hashes, one after the other: what a seal's record carries beside the seal. */
    DirectBuffer hashes() {
        view.wrap(leaves, 0, count * Sm3.LENGTH);
        return view;
    }

    /** True if {@code source} holds these leaf hashes and nothing else. */
    boolean equals(final DirectBuffer source, final int offset, final int length) {
        if (length != count * Sm3.LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (source.getByte(offset + i) != leaves[i]) {
                return false;
            }
        }
        return true;
    }

    byte[] merkleRoot() {
        return tree.build(leaves, 0, count).root();
    }

    /** The batch under its seal, with copies of what its receipts need. */
    SealedBatch seal(final Seal seal) {
        return new SealedBatch(
                seal,
                Arrays.copyOf(timesMs, count),
                Arrays.copyOf(leaves, count * Sm3.LENGTH),
                Arrays.copyOf(partHashes, count * PARTS_LENGTH));
    }

    void clear() {
        count = 0;
    }
}
