package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;

/**
 * The way into the ring: claim, write the slot, publish. Never waits: a full ring is an answer.
 *
 * <p>Called by event loops. Between a claim and its publish nothing may throw or block.
 */
public final class RequestPublisher {
    /** Answer of {@link #tryClaim()} when the ring is full. */
    public static final long FULL = -1;

    private final RingBuffer<RequestSlot> ring;

    RequestPublisher(final RingBuffer<RequestSlot> ring) {
        this.ring = ring;
    }

    /** A ring sequence to be written and published, or {@link #FULL}. */
    public long tryClaim() {
        try {
            return ring.tryNext();
        } catch (final InsufficientCapacityException e) {
            return FULL;
        }
    }

    public RequestSlot slot(final long claim) {
        return ring.get(claim);
    }

    public void publish(final long claim) {
        ring.publish(claim);
    }

    /** Slots that hold a request now. Any thread. */
    public long usedCount() {
        return ring.getBufferSize() - ring.remainingCapacity();
    }
}
