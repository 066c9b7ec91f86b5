package io.settlegate.protocol.crypto;

import java.util.Arrays;

/**
 * Lets lanes compute digests that are kept, where nobody compares them in time with digests that must be equal.
 *
 * <ol>
 *   <li>Each digest is computed twice, in another lane and beside other messages. Both must agree in all bits.
 *   <li>One of the messages, chosen anew each time, is computed in scalar code too: what is wrong in the same way for all is found
 *       by it.
 *   <li>If either differs, the digests of this call are scalar code's, and lanes are not asked again as long as this process lives.
 *   <li>Before lanes are asked at all they are on trial: scalar code answers, and one call in {@value #TRIAL_INTERVAL} is computed
 *       in lanes as well. They are taken once they were right and faster {@value #TRIALS} times in a row, so that lanes which
 *       the compilers have not reached yet do not hold up a batch.
 * </ol>
 *
 * <p>One thread, the batch's. Allocates nothing after construction, never blocks, never fails.
 */
final class LaneAgreement {
    static final int TRIALS = 8;
    static final int TRIAL_INTERVAL = 8;

    /** Lanes compute everything twice. */
    private static final int MIN_GAIN = 3;

    /** A trial with fewer messages says nothing about time. */
    private static final int MIN_TRIAL_COUNT = 16;

    /** Lanes were wrong once in this process: nobody asks them for what is kept any more. */
    private static volatile boolean isRefuted;

    private final Sm3Batch batch;
    private final byte[] other;
    private final byte[] sample = new byte[Sm3.LENGTH];
    private int callCount;
    private int goodTrialCount;
    private int sampled;

    /** Whether lanes have to show first that they are right and fast. */
    enum Standing {
        ON_TRIAL,
        TRUSTED
    }

    LaneAgreement(final Sm3Batch batch, final int capacity, final Standing standing) {
        this.batch = batch;
        this.goodTrialCount = standing == Standing.TRUSTED ? TRIALS : 0;
        this.other = new byte[capacity * Sm3.LENGTH];
    }

    /** True if lanes were wrong in this process. */
    static boolean isRefuted() {
        return isRefuted;
    }

    /** For tests that refute lanes of their own. */
    static void acquit() {
        isRefuted = false;
    }

    boolean isOnTrial() {
        return goodTrialCount < TRIALS;
    }

    void digest(final byte[] target, final int offset) {
        callCount++;
        if (isRefuted) {
            batch.digestScalar(target, offset);
        } else if (isOnTrial()) {
            if (callCount % TRIAL_INTERVAL == 0 && batch.count() >= MIN_TRIAL_COUNT) {
                trial(target, offset);
            } else {
                batch.digestScalar(target, offset);
            }
        } else {
            digestTwice(target, offset);
        }
    }

    private void trial(final byte[] target, final int offset) {
        final long startNs = System.nanoTime();
        batch.digestScalar(target, offset);
        final long scalarNs = System.nanoTime() - startNs;
        batch.digestInLanes(other, 0, Sm3Batch.Pass.FIRST);
        final long lanesNs = System.nanoTime() - startNs - scalarNs;
        isRefuted |= !isEqual(target, offset);
        goodTrialCount = MIN_GAIN * lanesNs <= scalarNs ? goodTrialCount + 1 : 0;
    }

    private void digestTwice(final byte[] target, final int offset) {
        batch.digestInLanes(target, offset, Sm3Batch.Pass.FIRST);
        batch.digestInLanes(other, 0, Sm3Batch.Pass.SECOND);
        if (!isEqual(target, offset) || !isSampleEqual()) {
            isRefuted = true;
            batch.digestScalar(target, offset);
        }
    }

    private boolean isEqual(final byte[] target, final int offset) {
        final int length = batch.count() * Sm3.LENGTH;
        return Arrays.equals(target, offset, offset + length, other, 0, length);
    }

    /** Each message has its turn, whatever the counts. */
    private boolean isSampleEqual() {
        sampled = (sampled + 1) % batch.count();
        batch.digestScalar(sampled, sample, 0);
        final int digest = sampled * Sm3.LENGTH;
        return Arrays.equals(sample, 0, Sm3.LENGTH, other, digest, digest + Sm3.LENGTH);
    }
}
