package io.settlegate.gateway.pipeline;

import io.settlegate.journal.Journal;
import org.agrona.BitUtil;

/**
 * Size and threads of the ring.
 *
 * @param ringSize slots, a power of two; a full ring answers BUSY.
 * @param verifierCount verify stages, each with a thread.
 * @param maxBatchSize requests that one seal and one force may cover, and that a stage may hold back.
 * @param threads which stages share a thread.
 */
public record PipelineConfiguration(int ringSize, int verifierCount, int maxBatchSize, Threads threads) {
    /** Which stages share a thread. */
    public enum Threads {
        /** settle, journal, and reply on one thread. */
        SHARED,
        /** Each stage on its own. */
        DEDICATED
    }

    private static final int MAX_RING_SIZE = 1 << 16;
    private static final int DEFAULT_RING_SIZE = 1024;
    private static final int DEFAULT_MAX_BATCH_SIZE = 256;
    /** One thread for each stage, two verifiers, an event loop, and one core for the rest of the machine. */
    private static final int CORES_FOR_DEDICATED_THREADS = 7;

    public PipelineConfiguration {
        if (!BitUtil.isPowerOfTwo(ringSize) || ringSize > MAX_RING_SIZE) {
            throw new IllegalArgumentException("ringSize " + ringSize + " is no power of two up to " + MAX_RING_SIZE);
        }
        if (verifierCount < 1 || verifierCount > ringSize) {
            throw new IllegalArgumentException("verifierCount " + verifierCount + " is not between 1 and " + ringSize);
        }
        if (maxBatchSize < 1 || maxBatchSize > ringSize) {
            throw new IllegalArgumentException("maxBatchSize " + maxBatchSize + " is not between 1 and " + ringSize);
        }
        if (maxBatchSize > Journal.MAX_BATCH_COUNT) {
            throw new IllegalArgumentException("maxBatchSize " + maxBatchSize + " is above " + Journal.MAX_BATCH_COUNT
                    + ", the records that one seal of the journal can cover");
        }
    }

    /** What suits a machine of so many cores. Signature checks are most of the work, so they may use every core. */
    public static PipelineConfiguration forCores(final int cores) {
        final boolean dedicated = cores >= CORES_FOR_DEDICATED_THREADS;
        return new PipelineConfiguration(
                DEFAULT_RING_SIZE,
                dedicated ? cores - 4 : Math.max(1, cores),
                DEFAULT_MAX_BATCH_SIZE,
                dedicated ? Threads.DEDICATED : Threads.SHARED);
    }

    /** One line for the start-up log. */
    public String describe() {
        return "ring " + ringSize + ", batch up to " + maxBatchSize + ", verify x" + verifierCount
                + (threads == Threads.SHARED ? ", settle+journal+reply on one thread" : ", a thread for each stage")
                + ", waiting: staged blocking";
    }
}
