package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.settlegate.gateway.pipeline.Egress;
import io.settlegate.gateway.pipeline.TerminalKey;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/**
 * Collects the replies of a batch and hands them to the event loops, one task for each loop and batch: waking a loop for each
 * reply would cost more than the reply.
 *
 * <p>Filled and flushed by the reply stage; drained on the loops.
 */
final class NettyEgress implements Egress {
    private static final int EXPECTED_BATCH_COUNT = 64;

    private final IdentityHashMap<EventLoop, Delivery> deliveries = new IdentityHashMap<>();
    private final List<Runnable> afterFlush = new ArrayList<>();

    /** Reply stage: a reply for a session. */
    void add(final NettySession session, final ByteBuf frame) {
        delivery(session).steps.add(new Step(session, frame, null));
    }

    /** Reply stage: the session is signed in before its next frame leaves. */
    void addSignIn(final NettySession session, final TerminalKey key) {
        delivery(session).steps.add(new Step(session, null, key));
    }

    /** Reply stage: what is done once the replies so far were handed to the event loops. */
    void afterFlush(final Runnable step) {
        afterFlush.add(step);
    }

    @Override
    public void flush() {
        for (final Map.Entry<EventLoop, Delivery> entry : deliveries.entrySet()) {
            try {
                entry.getKey().execute(entry.getValue());
            } catch (final RejectedExecutionException e) {
                // The loop has shut down with its connections: nobody is left to hear.
                entry.getValue().release();
            }
        }
        deliveries.clear();
        if (!afterFlush.isEmpty()) {
            afterFlush.forEach(Runnable::run);
            afterFlush.clear();
        }
    }

    private Delivery delivery(final NettySession session) {
        return deliveries.computeIfAbsent(session.eventLoop(), loop -> new Delivery());
    }

    private record Step(NettySession session, ByteBuf frame, TerminalKey signedIn) {}

    /** What one batch has for one event loop. */
    private static final class Delivery implements Runnable {
        private final List<Step> steps = new ArrayList<>(EXPECTED_BATCH_COUNT);

        @Override
        public void run() {
            for (final Step step : steps) {
                if (step.frame == null) {
                    step.session.enter(step.signedIn);
                } else {
                    step.session.write(step.frame);
                }
            }
            for (final Step step : steps) {
                step.session.flush();
            }
        }

        private void release() {
            for (final Step step : steps) {
                if (step.frame != null) {
                    step.frame.release();
                }
            }
        }
    }
}
