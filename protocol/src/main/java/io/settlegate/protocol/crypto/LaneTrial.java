package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm3.BlockLanes;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Tries lanes before anybody takes digests from them that are kept: until they were right and faster {@value #GOOD_ROUNDS} times
 * in a row. Code that the compilers have not reached yet is a hundred times slower and makes garbage; here it holds nobody up, and
 * what the compilers make of it serves the whole process.
 *
 * <p>A daemon thread of its own, once in a process, for about a second of processor time; ends by itself, also if lanes never
 * pass. Any thread may ask.
 */
final class LaneTrial implements Runnable {
    private static final int GOOD_ROUNDS = 8;
    private static final int MAX_ROUNDS = 20_000;
    private static final int MESSAGES = 48;
    private static final int MAX_MESSAGE_LENGTH = 900;

    /** Lanes compute everything twice. */
    private static final int MIN_GAIN = 3;

    private static final long SEED = 20_261_128;

    private final Sm3Batch batch;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final byte[] message = new byte[MAX_MESSAGE_LENGTH];
    private final byte[] scalar = new byte[MESSAGES * Sm3.LENGTH];
    private final byte[] inLanes = new byte[MESSAGES * Sm3.LENGTH];
    private volatile boolean isPassed;

    LaneTrial(final BlockLanes lanes) {
        batch = new Sm3Batch(MESSAGES, lanes);
    }

    private static final class OfProcess {
        private static final LaneTrial TRIAL = begin();

        private static LaneTrial begin() {
            final LaneTrial trial = new LaneTrial(VectorClasses.nativeBlockLanes());
            final Thread thread = new Thread(trial, "lane-trial");
            thread.setDaemon(true);
            thread.start();
            return trial;
        }
    }

    /** The process's own, begun by whoever asks first. Only where there are lanes. */
    static LaneTrial ofProcess() {
        return OfProcess.TRIAL;
    }

    boolean isPassed() {
        return isPassed;
    }

    @Override
    public void run() {
        int good = 0;
        for (int round = 0; round < MAX_ROUNDS && good < GOOD_ROUNDS && !LaneAgreement.isRefuted(); round++) {
            good = isFast() ? good + 1 : 0;
        }
        isPassed = good == GOOD_ROUNDS && !LaneAgreement.isRefuted();
    }

    private boolean isFast() {
        for (int i = 0; i < MESSAGES; i++) {
            final int length = random.nextInt(MAX_MESSAGE_LENGTH);
            Arrays.fill(message, 0, length, (byte) random.nextInt());
            batch.update(message, 0, length).end();
        }
        final long startNs = System.nanoTime();
        batch.digestScalar(scalar, 0);
        final long scalarNs = System.nanoTime() - startNs;
        batch.digestInLanes(inLanes, 0, Sm3Batch.Pass.FIRST);
        final long lanesNs = System.nanoTime() - startNs - scalarNs;
        batch.clear();
        if (!Arrays.equals(scalar, inLanes)) {
            LaneAgreement.refute();
        }
        return MIN_GAIN * lanesNs <= scalarNs;
    }
}
