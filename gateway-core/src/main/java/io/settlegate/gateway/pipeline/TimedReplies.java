package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.EventHandler;

/**
 * The reply stage, and how long each request was on the line.
 *
 * <p>The reply stage's thread.
 */
final class TimedReplies implements EventHandler<RequestSlot> {
    private final EventHandler<RequestSlot> reply;
    private final PowerHistogram requestTimesNs;

    TimedReplies(final EventHandler<RequestSlot> reply, final PowerHistogram requestTimesNs) {
        this.reply = reply;
        this.requestTimesNs = requestTimesNs;
    }

    @Override
    public void onStart() {
        reply.onStart();
    }

    @Override
    public void onEvent(final RequestSlot slot, final long ringSequence, final boolean endOfBatch) throws Exception {
        final long claimedNs = slot.claimedNs();
        reply.onEvent(slot, ringSequence, endOfBatch);
        requestTimesNs.record(System.nanoTime() - claimedNs);
    }
}
