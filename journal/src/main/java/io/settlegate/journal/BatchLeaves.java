package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.crypto.Sm3Batch;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.MerkleTree;
import io.settlegate.protocol.receipt.Seal;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The leaves of the open batch. The arrays grow to the largest batch and are kept.
 *
 * <p>Records are copied as they come and hashed {@value #GROUP} at a time, or when a leaf is asked for: many hashes taken together
 * cost a fraction of each taken alone.
 *
 * <p>One thread at a time.
 */
final class BatchLeaves {
    /** Records of one batch at most. */
    static final int MAX_COUNT = 1 << 14;

    private static final int INITIAL_COUNT = 256;
    private static final int PARTS_LENGTH = 2 * Sm3.LENGTH;

    /** Records that are hashed together; each has three parts. */
    private static final int GROUP = 16;

    private static final int GROUP_PARTS = 3;
    private static final int GROUP_PARTS_LENGTH = GROUP_PARTS * Sm3.LENGTH;

    private final Sm3Batch parts;
    private final Sm3Batch leafMessages;
    private final MerkleTree tree;
    private final byte[] hashes = new byte[GROUP * GROUP_PARTS_LENGTH];
    private final long[] sequences = new long[GROUP];
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long[] timesMs = new long[INITIAL_COUNT];
    private byte[] leaves = new byte[INITIAL_COUNT * Sm3.LENGTH];
    private byte[] partHashes = new byte[INITIAL_COUNT * PARTS_LENGTH];
    private int count;
    private int hashedCount;

    /** Leaves of scalar code, which has the last word. */
    BatchLeaves() {
        this(new Sm3Batch(GROUP * GROUP_PARTS), new Sm3Batch(GROUP), new MerkleTree());
    }

    private BatchLeaves(final Sm3Batch parts, final Sm3Batch leafMessages, final MerkleTree tree) {
        this.parts = parts;
        this.leafMessages = leafMessages;
        this.tree = tree;
    }

    /** Leaves that may be kept, hashed in lanes that have to agree with each other and with scalar code: for a writer. */
    static BatchLeaves inAgreeingLanes() {
        return new BatchLeaves(
                Sm3Batch.inAgreeingLanes(GROUP * GROUP_PARTS),
                Sm3Batch.inAgreeingLanes(GROUP),
                MerkleTree.inAgreeingLanes());
    }

    /** Leaves to compare with those that a journal holds; where they differ, leaves made by the constructor decide. */
    static BatchLeaves inLanes() {
        return new BatchLeaves(Sm3Batch.inLanes(GROUP * GROUP_PARTS), Sm3Batch.inLanes(GROUP), MerkleTree.inLanes());
    }

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
        parts.update(command, commandOffset, commandLength).end();
        parts.update(outcome, outcomeOffset, outcomeLength).end();
        parts.update(internal, internalOffset, internalLength).end();
        sequences[count - hashedCount] = sequence;
        timesMs[count] = timeMs;
        count++;
        if (count - hashedCount == GROUP) {
            hash();
        }
    }

    /** Hashes the records that have no leaf yet. */
    private void hash() {
        parts.digest(hashes, 0);
        for (int i = hashedCount; i < count; i++) {
            final int command = (i - hashedCount) * GROUP_PARTS_LENGTH;
            final int outcome = command + Sm3.LENGTH;
            final int internal = outcome + Sm3.LENGTH;
            LeafHasher.addLeaf(
                    leafMessages, sequences[i - hashedCount], timesMs[i], hashes, command, outcome, internal);
            System.arraycopy(hashes, command, partHashes, i * PARTS_LENGTH, Sm3.LENGTH);
            System.arraycopy(hashes, internal, partHashes, i * PARTS_LENGTH + Sm3.LENGTH, Sm3.LENGTH);
        }
        leafMessages.digest(leaves, hashedCount * Sm3.LENGTH);
        hashedCount = count;
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
        hash();
        view.wrap(leaves, 0, count * Sm3.LENGTH);
        return view;
    }

    /** True if {@code source} holds these leaf hashes and nothing else. */
    boolean equals(final DirectBuffer source, final int offset, final int length) {
        if (length != count * Sm3.LENGTH) {
            return false;
        }
        hash();
        for (int i = 0; i < length; i++) {
            if (source.getByte(offset + i) != leaves[i]) {
                return false;
            }
        }
        return true;
    }

    byte[] merkleRoot() {
        hash();
        return tree.build(leaves, 0, count).root();
    }

    /** The batch under its seal, with copies of what its receipts need. */
    SealedBatch seal(final Seal seal) {
        hash();
        return new SealedBatch(
                seal,
                Arrays.copyOf(timesMs, count),
                Arrays.copyOf(leaves, count * Sm3.LENGTH),
                Arrays.copyOf(partHashes, count * PARTS_LENGTH));
    }

    void clear() {
        parts.clear();
        count = 0;
        hashedCount = 0;
    }
}
