package io.settlegate.protocol.crypto;

import java.util.Arrays;

/**
 * Lets lanes compute digests that are kept, where nobody compares them in time with digests that must be equal.
 *
 * <ol>
 *   <li>Each digest is computed twice, the second time in another lane, at another place of the vectors, and, where messages are
 *       alike in length, beside others. Both must agree in all bits.
 *   <li>One of the messages, chosen anew each time, is computed in scalar code too: what is wrong in the same way for all is found
 *       by it.
 *   <li>If either differs, the digests of this call are scalar code's, and lanes are not asked again as long as this process lives.
 *   <li>Before they passed a {@link LaneTrial} they are not asked at all, and scalar code answers.
 * </ol>
 *
 * <p>One thread, the batch's. Allocates nothing after construction, never blocks, never fails.
 */
final class LaneAgreement {
    /** Lanes were wrong once in this process: nobody asks them for what is kept any more. */
    private static volatile boolean isRefuted;

    private final Sm3Batch batch;
    private final byte[] other;
    private final byte[] sample = new byte[Sm3.LENGTH];
    private final Standing standing;
    private int sampled;

    /** Whether lanes have to show first that they are right and fast; the process's have. */
    enum Standing {
        ON_TRIAL,
        TRUSTED
    }

    LaneAgreement(final Sm3Batch batch, final int capacity, final Standing standing) {
        this.batch = batch;
        this.standing = standing;
        this.other = new byte[capacity * Sm3.LENGTH];
    }

    /** True if lanes were wrong in this process. */
    static boolean isRefuted() {
        return isRefuted;
    }

    /** Lanes were wrong. */
    static void refute() {
        isRefuted = true;
    }

    /** For tests that refute lanes of their own. */
    static void acquit() {
        isRefuted = false;
    }

    void digest(final byte[] target, final int offset) {
        if (isRefuted || !isTrusted()) {
            batch.digestScalar(target, offset);
        } else {
            digestTwice(target, offset);
        }
    }

    private boolean isTrusted() {
        return standing == Standing.TRUSTED || LaneTrial.ofProcess().isPassed();
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
