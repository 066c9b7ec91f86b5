package io.settlegate.gateway.transport;

import io.netty.util.concurrent.EventExecutor;
import io.settlegate.gateway.pipeline.TerminalChange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live session of each terminal. A terminal has one: a new sign-in fences the older session, so that a forgotten
 * connection cannot speak for it any more. Which is newer the journal says, because the event loops that bring the sign-ins
 * here keep no order among themselves.
 *
 * <p>Called by event loops.
 */
final class SessionRegistry {
    private final Map<String, Entry> bySn = new ConcurrentHashMap<>();

    /** @param sequence of the sign-in's record. */
    private record Entry(NettySession session, long sequence) {}

    /**
     * The session has signed in. The one before it, if any, is closed.
     *
     * @param sequence of the sign-in's record.
     * @return false if a later sign-in of the terminal came here first: then that one stays, and this one must end.
     */
    boolean enter(final String sn, final NettySession session, final long sequence) {
        final Entry entry = new Entry(session, sequence);
        Entry previous = bySn.putIfAbsent(sn, entry);
        while (previous != null) {
            if (previous.sequence > sequence) {
                return false;
            }
            if (bySn.replace(sn, previous, entry)) {
                if (previous.session != session) {
                    previous.session.fence(CloseCause.FENCED);
                }
                return true;
            }
            previous = bySn.putIfAbsent(sn, entry);
        }
        return true;
    }

    void leave(final String sn, final NettySession session) {
        bySn.computeIfPresent(sn, (key, entry) -> entry.session == session ? null : entry);
    }

    /** The sessions on this event loop that these changes leave no ground to stand on are closed. Runs on that loop. */
    void end(final List<TerminalChange> changes, final EventExecutor loop) {
        for (final TerminalChange change : changes) {
            final Entry entry = bySn.get(change.sn());
            if (entry != null && entry.session.eventLoop() == loop && change.ends(entry.session.key())) {
                entry.session.fence(CloseCause.TERMINAL_CHANGED);
            }
        }
    }

    int count() {
        return bySn.size();
    }
}
