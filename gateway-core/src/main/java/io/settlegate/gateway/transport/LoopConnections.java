package io.settlegate.gateway.transport;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one event loop, what they share, and the sweep over them: one timer for all, instead of some for each.
 *
 * <p>That event loop's.
 */
final class LoopConnections {
    private final List<NettySession> sessions = new ArrayList<>();
    private final OutboundFrames frames = new OutboundFrames();

    /** Starts to sweep. */
    LoopConnections(final EventLoop loop, final int sweepIntervalMs) {
        loop.scheduleWithFixedDelay(this::sweep, sweepIntervalMs, sweepIntervalMs, TimeUnit.MILLISECONDS);
    }

    OutboundFrames frames() {
        return frames;
    }

    void add(final NettySession session) {
        sessions.add(session);
    }

    /** The gateway stops: tells each peer that nothing follows. */
    void depart() {
        sessions.forEach(session -> session.depart(CloseCause.STOPPED));
    }

    /** Closes those whose peer did not. */
    void close() {
        sessions.forEach(session -> session.close(CloseCause.STOPPED));
        sessions.clear();
    }

    private void sweep() {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            final NettySession session = sessions.get(i);
            if (session.isGone()) {
                // The last one takes its place; it was looked at already.
                sessions.set(i, sessions.get(sessions.size() - 1));
                sessions.remove(sessions.size() - 1);
            } else {
                session.sweep();
            }
        }
    }
}
