package io.settlegate.gateway.records;

import java.io.IOException;
import java.util.Arrays;

/**
 * Entries that are not in a run yet, in the order in which their records came.
 *
 * <p>Guarded by its owner. Bounded: the owner empties it when it {@link #isFull()}, which leaves room for one batch more.
 */
final class Tail {
    /** Entries of a run that is made of it, or a few more: 2 MiB. */
    static final int CAPACITY = 1 << 17;

    private static final int RADIX_BITS = 8;
    private static final int RADIX = 1 << RADIX_BITS;

    private long[] hashes = new long[1024];
    private long[] sequences = new long[1024];
    private int count;
    private long firstSequence = -1;
    private long lastSequence = -1;
    private byte[] sealHash;

    /** No record since this one; it begins where the next batch does. */
    void begin(final long sequence) {
        count = 0;
        firstSequence = sequence;
        lastSequence = sequence - 1;
        sealHash = null;
    }

    void add(final long hash, final long sequence) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
            sequences = Arrays.copyOf(sequences, 2 * count);
        }
        hashes[count] = hash;
        sequences[count] = sequence;
        count++;
    }

    /** All records of a batch were added. */
    void endBatch(final long last, final byte[] seal) {
        lastSequence = last;
        sealHash = seal;
    }

    boolean isFull() {
        return count >= CAPACITY;
    }

    /** True if it covers no record. */
    boolean isEmpty() {
        return lastSequence < firstSequence;
    }

    long firstSequence() {
        return firstSequence;
    }

    long lastSequence() {
        return lastSequence;
    }

    int entryCount() {
        return count;
    }

    byte[] sealHash() {
        return sealHash;
    }

    /** Sequences of a hash, rising, from one on, until the taker says false. */
    void from(final long hash, final long sequence, final Run.EntryTaker taker) throws IOException {
        for (int i = 0; i < count; i++) {
            if (hashes[i] == hash && sequences[i] >= sequence && !taker.take(hash, sequences[i])) {
                return;
            }
        }
    }

    /** The first sequence of a minute not before this one; -1 where there is none. */
    long firstOfMinute(final long minute) {
        for (int i = 0; i < count; i++) {
            if (hashes[i] >= minute && Long.compareUnsigned(hashes[i], KeyHash.FIRST) < 0) {
                return sequences[i];
            }
        }
        return -1;
    }

    /** The first minute of a record; -1 where there is none. */
    long firstMinute() {
        for (int i = 0; i < count; i++) {
            if (Long.compareUnsigned(hashes[i], KeyHash.FIRST) < 0) {
                return hashes[i];
            }
        }
        return -1;
    }

    /** Writes everything in the order of a run. */
    void writeTo(final RunWriter writer) throws IOException {
        sort();
        for (int i = 0; i < count; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1] || sequences[i] != sequences[i - 1]) {
                writer.add(hashes[i], sequences[i]);
            }
        }
    }

    /** By hash, byte by byte from the lowest; sequences rise already and stay in order. */
    private void sort() {
        long[] fromHashes = hashes;
        long[] fromSequences = sequences;
        long[] toHashes = new long[hashes.length];
        long[] toSequences = new long[hashes.length];
        for (int shift = 0; shift < Long.SIZE; shift += RADIX_BITS) {
            final int[] starts = new int[RADIX + 1];
            for (int i = 0; i < count; i++) {
                starts[(int) (fromHashes[i] >>> shift & (RADIX - 1)) + 1]++;
            }
            for (int i = 0; i < RADIX; i++) {
                starts[i + 1] += starts[i];
            }
            for (int i = 0; i < count; i++) {
                final int at = starts[(int) (fromHashes[i] >>> shift & (RADIX - 1))]++;
                toHashes[at] = fromHashes[i];
                toSequences[at] = fromSequences[i];
            }
            final long[] hashesBefore = fromHashes;
            final long[] sequencesBefore = fromSequences;
            fromHashes = toHashes;
            fromSequences = toSequences;
            toHashes = hashesBefore;
            toSequences = sequencesBefore;
        }
        hashes = fromHashes;
        sequences = fromSequences;
    }
}
