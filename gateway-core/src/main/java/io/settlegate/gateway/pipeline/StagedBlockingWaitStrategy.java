package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;

/**
 * Blocks while there is nothing to do, for the publisher and for the stage before.
 *
 * <p>The Disruptor's own blocking strategy sleeps only until the publisher moves; then it spins until the stage before has
 * followed. Where that stage takes a millisecond to check signatures and there are two cores, the spinning takes a core away
 * from it. Here a stage that waits for another sleeps too, and is woken by that stage's next call of {@code waitFor}, which is
 * the first thing a processor does after it has published its progress.
 *
 * <p>Assumptions: each processor calls {@code waitFor} after each batch (BatchEventProcessor does). Guarantees: no wake-up is
 * lost, because the sleeper raises its flag before it looks at the sequence and the waker moves the sequence before it looks
 * at the flag, each with a full fence between. The wait for a stage is bounded all the same, so that a halt is seen.
 */
final class StagedBlockingWaitStrategy implements WaitStrategy {
    private static final long MAX_STAGE_WAIT_MS = 10;

    private final Object published = new Object();
    private final Object progressed = new Object();
    private volatile boolean publisherAwaited;
    private volatile boolean stageAwaited;

    @Override
    public long waitFor(
            final long sequence, final Sequence cursor, final Sequence dependent, final SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        signalProgress();
        if (cursor.get() < sequence) {
            awaitPublisher(sequence, cursor, barrier);
        }
        long available = dependent.get();
        while (available < sequence) {
            barrier.checkAlert();
            awaitStage(sequence, dependent);
            available = dependent.get();
        }
        return available;
    }

    private void awaitPublisher(final long sequence, final Sequence cursor, final SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        synchronized (published) {
            while (true) {
                publisherAwaited = true;
                VarHandle.fullFence();
                if (cursor.get() >= sequence) {
                    return;
                }
                barrier.checkAlert();
                published.wait();
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void awaitStage(final long sequence, final Sequence dependent) throws InterruptedException {
        synchronized (progressed) {
            stageAwaited = true;
            VarHandle.fullFence();
            if (dependent.get() < sequence) {
                progressed.wait(MAX_STAGE_WAIT_MS);
            }
        }
    }

    @Override
    public void signalAllWhenBlocking() {
        VarHandle.fullFence();
        if (publisherAwaited) {
            synchronized (published) {
                publisherAwaited = false;
                published.notifyAll();
            }
        }
    }

    private void signalProgress() {
        VarHandle.fullFence();
        if (stageAwaited) {
            synchronized (progressed) {
                stageAwaited = false;
                progressed.notifyAll();
            }
        }
    }
}
