package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.MerkleTree;
import io.settlegate.protocol.receipt.Seal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The leaves of the open batch. The arrays grow to the largest batch and are kept.
 *
 * <p>Records are copied as they come and hashed a {@link LeafGroup} at a time, or when a leaf is asked for; full groups on another
 * thread where there is one.
 *
 * <p>One thread at a time.
 */
final class BatchLeaves {
    /** Records of one batch at most. */
    static final int MAX_COUNT = 1 << 14;

    private static final int INITIAL_COUNT = 256;
    private static final int PARTS_LENGTH = LeafGroup.PARTS_LENGTH;

    /** Full groups that another thread may hold. */
    private static final int MAX_BEGUN = 8;

    private final Supplier<LeafGroup> groups;
    private final MerkleTree tree;
    /** Null where one thread does it all. */
    private final Executor beside;

    private final ArrayDeque<FutureTask<LeafGroup>> begun = new ArrayDeque<>();
    private final ArrayDeque<LeafGroup> free = new ArrayDeque<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private LeafGroup open;
    private long[] timesMs = new long[INITIAL_COUNT];
    private byte[] leaves = new byte[INITIAL_COUNT * Sm3.LENGTH];
    private byte[] partHashes = new byte[INITIAL_COUNT * PARTS_LENGTH];
    private int count;
    private int hashedCount;

    /** Leaves of scalar code, which has the last word. */
    BatchLeaves() {
        this(LeafGroup::scalar, new MerkleTree(), null);
    }

    private BatchLeaves(final Supplier<LeafGroup> groups, final MerkleTree tree, final Executor beside) {
        this.groups = groups;
        this.tree = tree;
        this.beside = beside;
        this.open = groups.get();
    }

    /** Leaves that may be kept, hashed in lanes that have to agree with each other and with scalar code: for a writer. */
    static BatchLeaves inAgreeingLanes() {
        return new BatchLeaves(LeafGroup::inAgreeingLanes, MerkleTree.inAgreeingLanes(), null);
    }

    /** Leaves to compare with those that a journal holds; where they differ, leaves made by the constructor decide. */
    static BatchLeaves inLanes() {
        return new BatchLeaves(LeafGroup::inLanes, MerkleTree.inLanes(), null);
    }

    /** As {@link #inLanes()}, hashed by whatever thread the executor has, or the caller's. */
    static BatchLeaves inLanes(final Executor executor) {
        return new BatchLeaves(LeafGroup::inLanes, MerkleTree.inLanes(), executor);
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
        open.add(
                sequence,
                timeMs,
                command,
                commandOffset,
                commandLength,
                outcome,
                outcomeOffset,
                outcomeLength,
                internal,
                internalOffset,
                internalLength);
        timesMs[count] = timeMs;
        count++;
        if (open.isFull()) {
            take();
        }
    }

    /** Hashes the full group, or has it hashed while the next one is filled. */
    private void take() {
        if (beside == null) {
            hashOpen();
            return;
        }
        final LeafGroup full = open;
        begun.add(SecondThread.begin(beside, () -> {
            full.hash();
            return full;
        }));
        if (begun.size() == MAX_BEGUN) {
            drainFirst();
        }
        open = free.isEmpty() ? groups.get() : free.remove();
    }

    private void hashOpen() {
        open.hash();
        drain(open);
    }

    private void drainFirst() {
        final LeafGroup group = SecondThread.resultOf(begun.remove());
        drain(group);
        free.add(group);
    }

    private void drain(final LeafGroup group) {
        final int first = hashedCount;
        hashedCount += group.count();
        group.drainTo(leaves, partHashes, first);
    }

    /** Hashes the records that have no leaf yet. */
    private void hash() {
        while (!begun.isEmpty()) {
            drainFirst();
        }
        if (hashedCount < count) {
            hashOpen();
        }
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
        // Records lie in heap memory, see RecordFlyweight.
        final int from = source.wrapAdjustment() + offset;
        return Arrays.equals(source.byteArray(), from, from + length, leaves, 0, length);
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
        while (!begun.isEmpty()) {
            drainFirst();
        }
        open.clear();
        count = 0;
        hashedCount = 0;
    }
}
