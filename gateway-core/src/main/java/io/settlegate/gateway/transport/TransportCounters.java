package io.settlegate.gateway.transport;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the listener counts. Written by the event loops, read by any thread. */
public final class TransportCounters {
    private final Map<CloseCause, LongAdder> closed = new EnumMap<>(CloseCause.class);
    private final LongAdder opened = new LongAdder();
    private final LongAdder claimed = new LongAdder();
    private final LongAdder replied = new LongAdder();

    TransportCounters() {
        for (final CloseCause cause : CloseCause.values()) {
            closed.put(cause, new LongAdder());
        }
    }

    void opened() {
        opened.increment();
    }

    void closed(final CloseCause cause) {
        closed.get(cause).increment();
    }

    void claimed() {
        claimed.increment();
    }

    void replied() {
        replied.increment();
    }

    /** Connections that were taken since the start. */
    public long openedCount() {
        return opened.sum();
    }

    /** Connections that the gateway closed for this cause. */
    public long closedCount(final CloseCause cause) {
        return closed.get(cause).sum();
    }

    /** Requests that entered the ring and whose reply has not reached its event loop. */
    public long inFlightCount() {
        // In this order, so that a request which passes meanwhile is not taken off without having been added.
        final long repliedCount = replied.sum();
        return claimed.sum() - repliedCount;
    }
}
