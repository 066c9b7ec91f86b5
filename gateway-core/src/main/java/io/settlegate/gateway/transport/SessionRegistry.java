package io.settlegate.gateway.transport;

import io.netty.util.concurrent.EventExecutor;
import io.settlegate.gateway.pipeline.TerminalChange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live session of each terminal. A terminal has one: a new sign-in fences the older session, so that a forgotten
 * connection cannot speak for it any more.
 *
 * <p>Called by event loops.
 */
final class SessionRegistry {
    private final Map<String, NettySession> bySn = new ConcurrentHashMap<>();

    /** The session has signed in. The one before it, if any, is closed. */
    void enter(final String sn, final NettySession session) {
        final NettySession previous = bySn.put(sn, session);
        if (previous != null && previous != session) {
            previous.fence(CloseCause.FENCED);
        }
    }

    void leave(final String sn, final NettySession session) {
        bySn.remove(sn, session);
    }

    /** The sessions on this event loop that these changes leave no ground to stand on are closed. Runs on that loop. */
    void end(final List<TerminalChange> changes, final EventExecutor loop) {
        for (final TerminalChange change : changes) {
            final NettySession session = bySn.get(change.sn());
            if (session != null && session.eventLoop() == loop && change.ends(session.key())) {
                session.fence(CloseCause.TERMINAL_CHANGED);
            }
        }
    }

    int count() {
        return bySn.size();
    }
}
