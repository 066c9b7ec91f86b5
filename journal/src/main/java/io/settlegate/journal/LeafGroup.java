package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.crypto.Sm3Batch;
import io.settlegate.protocol.receipt.LeafHasher;
import org.agrona.DirectBuffer;

/**
 * Records that are hashed together, as many hashes taken together cost a fraction of each taken alone: copied as they come,
 * three parts each, then their leaves.
 *
 * <p>One thread at a time; may be filled by one and hashed by another. Allocates nothing once it has seen its longest records.
 */
final class LeafGroup {
    /** Records that are hashed together. */
    static final int CAPACITY = 16;

    /** Bytes that are kept of the hashes of a record's parts: SM3 of the command, SM3 of the internal part. */
    static final int PARTS_LENGTH = 2 * Sm3.LENGTH;

    private static final int PARTS = 3;
    private static final int ALL_PARTS_LENGTH = PARTS * Sm3.LENGTH;

    private final Sm3Batch parts;
    private final Sm3Batch leafMessages;
    private final byte[] hashes = new byte[CAPACITY * ALL_PARTS_LENGTH];
    private final byte[] leaves = new byte[CAPACITY * Sm3.LENGTH];
    private final long[] sequences = new long[CAPACITY];
    private final long[] timesMs = new long[CAPACITY];
    private int count;

    private LeafGroup(final Sm3Batch parts, final Sm3Batch leafMessages) {
        this.parts = parts;
        this.leafMessages = leafMessages;
    }

    static LeafGroup scalar() {
        return new LeafGroup(new Sm3Batch(CAPACITY * PARTS), new Sm3Batch(CAPACITY));
    }

    static LeafGroup inAgreeingLanes() {
        return new LeafGroup(Sm3Batch.inAgreeingLanes(CAPACITY * PARTS), Sm3Batch.inAgreeingLanes(CAPACITY));
    }

    static LeafGroup inLanes() {
        return new LeafGroup(Sm3Batch.inLanes(CAPACITY * PARTS), Sm3Batch.inLanes(CAPACITY));
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
        parts.update(command, commandOffset, commandLength).end();
        parts.update(outcome, outcomeOffset, outcomeLength).end();
        parts.update(internal, internalOffset, internalLength).end();
        sequences[count] = sequence;
        timesMs[count] = timeMs;
        count++;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == CAPACITY;
    }

    /** Hashes what was added. */
    void hash() {
        parts.digest(hashes, 0);
        for (int i = 0; i < count; i++) {
            final int command = i * ALL_PARTS_LENGTH;
            final int outcome = command + Sm3.LENGTH;
            LeafHasher.addLeaf(leafMessages, sequences[i], timesMs[i], hashes, command, outcome, outcome + Sm3.LENGTH);
        }
        leafMessages.digest(leaves, 0);
    }

    /** Writes what was hashed as that of the records from {@code first} on, and is empty then. */
    void drainTo(final byte[] targetLeaves, final byte[] targetParts, final int first) {
        System.arraycopy(leaves, 0, targetLeaves, first * Sm3.LENGTH, count * Sm3.LENGTH);
        for (int i = 0; i < count; i++) {
            final int command = i * ALL_PARTS_LENGTH;
            final int target = (first + i) * PARTS_LENGTH;
            System.arraycopy(hashes, command, targetParts, target, Sm3.LENGTH);
            System.arraycopy(hashes, command + 2 * Sm3.LENGTH, targetParts, target + Sm3.LENGTH, Sm3.LENGTH);
        }
        count = 0;
    }

    void clear() {
        parts.clear();
        count = 0;
    }
}
