package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.EventHandler;

/**
 * A stage and the time it takes for each batch: two looks at the clock for a batch, whatever its size.
 *
 * <p>The stage's own thread.
 */
final class TimedStage implements EventHandler<RequestSlot> {
    private final EventHandler<RequestSlot> stage;
    private final PowerHistogram batchTimesNs;
    private boolean inBatch;
    private long batchStartNs;

    TimedStage(final EventHandler<RequestSlot> stage, final PowerHistogram batchTimesNs) {
        this.stage = stage;
        this.batchTimesNs = batchTimesNs;
    }

    @Override
    public void onStart() {
        stage.onStart();
    }

    @Override
    public void onEvent(final RequestSlot slot, final long ringSequence, final boolean endOfBatch) throws Exception {
        if (!inBatch) {
            inBatch = true;
            batchStartNs = System.nanoTime();
        }
        stage.onEvent(slot, ringSequence, endOfBatch);
        if (endOfBatch) {
            inBatch = false;
            batchTimesNs.record(System.nanoTime() - batchStartNs);
        }
    }
}
