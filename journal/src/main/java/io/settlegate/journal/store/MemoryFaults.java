package io.settlegate.journal.store;

import java.util.Random;

/**
 * What goes wrong in a {@link MemoryStore}, drawn from a seed so that a failing run can be repeated.
 *
 * <p>Guarded by its store.
 */
public final class MemoryFaults {
    private static final int PER_MILLE = 1000;
    private static final int NO_ROLL = Integer.MAX_VALUE;

    private final Random random;
    private int failedForcePerMille;
    private int shortWritePerMille;
    private int fileLength = NO_ROLL;
    private long roomLength = Long.MAX_VALUE;

    public MemoryFaults(final long seed) {
        this.random = new Random(seed);
    }

    /** So many forces of a thousand fail. */
    public MemoryFaults failedForcePerMille(final int value) {
        failedForcePerMille = value;
        return this;
    }

    /** So many appends of a thousand stop early. */
    public MemoryFaults shortWritePerMille(final int value) {
        shortWritePerMille = value;
        return this;
    }

    /** A segment goes on in a new file once one is longer than this. */
    public MemoryFaults fileLength(final int value) {
        fileLength = value;
        return this;
    }

    /** The disk is full after so many bytes; by itself it never is. */
    public MemoryFaults roomLength(final long value) {
        roomLength = value;
        return this;
    }

    /** Takes room; false, and nothing is taken, if there is not as much. */
    boolean takeRoom(final int length) {
        if (roomLength < length) {
            return false;
        }
        roomLength -= roomLength == Long.MAX_VALUE ? 0 : length;
        return true;
    }

    int fileLength() {
        return fileLength;
    }

    boolean isFailedForce() {
        return random.nextInt(PER_MILLE) < failedForcePerMille;
    }

    boolean isShortWrite() {
        return random.nextInt(PER_MILLE) < shortWritePerMille;
    }

    Random random() {
        return random;
    }
}
