package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.Arrays;
import java.util.List;

/**
 * Stages that share a thread where cores are few. A batch passes through them stage by stage, as it would on threads of their
 * own, so a stage that works at the end of a batch works before the next stage sees any of it.
 *
 * <p>One thread. Holds the slots of a batch until its end; the ring does not give them out again before.
 */
final class StageGroup implements EventHandler<RequestSlot> {
    private final List<EventHandler<RequestSlot>> stages;
    private final RequestSlot[] slots;
    private final long[] ringSequences;
    private final String threadName;
    private int count;

    StageGroup(final String threadName, final int maxBatchSize, final List<EventHandler<RequestSlot>> stages) {
        this.threadName = threadName;
        this.stages = List.copyOf(stages);
        this.slots = new RequestSlot[maxBatchSize];
        this.ringSequences = new long[maxBatchSize];
    }

    @Override
    public void onStart() {
        Thread.currentThread().setName(threadName);
    }

    @Override
    public void onEvent(final RequestSlot slot, final long ringSequence, final boolean endOfBatch) throws Exception {
        slots[count] = slot;
        ringSequences[count] = ringSequence;
        count++;
        if (!endOfBatch) {
            return;
        }
        for (final EventHandler<RequestSlot> stage : stages) {
            for (int i = 0; i < count; i++) {
                stage.onEvent(slots[i], ringSequences[i], i == count - 1);
            }
        }
        Arrays.fill(slots, 0, count, null);
        count = 0;
    }
}
