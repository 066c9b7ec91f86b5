package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.EventHandler;
import io.settlegate.journal.Journal;

/**
 * Makes durable what stage journal sealed, where cores are many and this is a thread of its own. As the Disruptor publishes this stage's progress after
 * the whole batch, no reply can leave before the force has returned.
 *
 * <p>The next batch is appended and hashed while the disk works on this one. Blocks on the disk.
 * An exception is fatal for the process: what the kernel did with the pages is not known.
 */
final class ForceHandler implements EventHandler<RequestSlot> {
    private final Journal journal;

    ForceHandler(final Journal journal) {
        this.journal = journal;
    }

    @Override
    public void onStart() {
        Thread.currentThread().setName("force");
    }

    @Override
    public void onEvent(final RequestSlot slot, final long ringSequence, final boolean endOfBatch) {
        if (endOfBatch) {
            journal.makeDurable();
        }
    }
}
