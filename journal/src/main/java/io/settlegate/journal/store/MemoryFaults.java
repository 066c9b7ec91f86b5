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
