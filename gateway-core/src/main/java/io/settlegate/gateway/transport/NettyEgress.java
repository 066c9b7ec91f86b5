package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.settlegate.gateway.pipeline.Egress;
import io.settlegate.gateway.pipeline.TerminalKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Collects the replies of a batch and hands them to the event loops, one task for each loop and batch: waking a loop for each
 * reply would cost more than the reply.
 *
 * <p>Filled and flushed by the reply stage; drained on the loops.
 */
final class NettyEgress implements Egress {
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Runnable> afterFlush = new ArrayList<>();

    /** Reply stage: a reply for a session. */
    void add(final NettySession session, final ByteBuf frame) {
        lane(session.eventLoop()).open().add(Delivery.Step.REPLY, session, frame, null, 0);
    }

    /** Reply stage: the session is signed in before its next frame leaves. */
    void addSignIn(final NettySession session, final TerminalKey key, final long sequence) {
        lane(session.eventLoop()).open().add(Delivery.Step.SIGN_IN, session, null, key, sequence);
    }

    /** Reply stage: the session has ended with the frame before. */
    void addSignOut(final NettySession session) {
        lane(session.eventLoop()).open().add(Delivery.Step.SIGN_OUT, session, null, null, 0);
    }

    /** Reply stage: what is done once the replies so far were handed to the event loops. */
    void afterFlush(final Runnable step) {
        afterFlush.add(step);
    }

    @Override
    public void flush() {
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).flush();
        }
        if (!afterFlush.isEmpty()) {
            afterFlush.forEach(Runnable::run);
            afterFlush.clear();
        }
    }

    /** There are as many lanes as event loops, which are few. */
    private Lane lane(final EventLoop loop) {
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).loop == loop) {
                return lanes.get(i);
            }
        }
        final Lane lane = new Lane(loop);
        lanes.add(lane);
        return lane;
    }

    /** The way to one event loop. */
    private static final class Lane {
        private final EventLoop loop;
        private final Delivery.Spares spares = new Delivery.Spares();
        private Delivery open;

        Lane(final EventLoop loop) {
            this.loop = loop;
        }

        Delivery open() {
            if (open == null) {
                open = spares.take();
            }
            return open;
        }

        void flush() {
            if (open == null) {
                return;
            }
            final Delivery full = open;
            open = null;
            try {
                loop.execute(full);
            } catch (final RejectedExecutionException e) {
                // The loop has shut down with its connections: nobody is left to hear.
                full.release();
            }
        }
    }
}
