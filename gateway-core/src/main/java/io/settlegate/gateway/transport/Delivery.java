package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.settlegate.gateway.pipeline.TerminalKey;
import java.util.Arrays;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * What one batch has for one event loop. Used again after it ran, so that a batch leaves no garbage.
 *
 * <p>Filled by the reply stage, run by the loop, and handed between them with each change of owner.
 */
final class Delivery implements Runnable {
    private static final int EXPECTED_STEP_COUNT = 64;

    /** What a step does on the loop. */
    enum Step {
        REPLY,
        SIGN_IN,
        SIGN_OUT
    }

    /** Deliveries that may be filled again: the loop gives, the reply stage takes. */
    static final class Spares {
        private static final int CAPACITY = 16;

        private final OneToOneConcurrentArrayQueue<Delivery> queue = new OneToOneConcurrentArrayQueue<>(CAPACITY);

        Delivery take() {
            final Delivery spare = queue.poll();
            return spare == null ? new Delivery(this) : spare;
        }

        private void give(final Delivery delivery) {
            // Where it does not fit the collector takes it.
            queue.offer(delivery);
        }
    }

    private final Spares spares;
    private Step[] steps = new Step[EXPECTED_STEP_COUNT];
    private NettySession[] sessions = new NettySession[EXPECTED_STEP_COUNT];
    private ByteBuf[] frames = new ByteBuf[EXPECTED_STEP_COUNT];
    private TerminalKey[] keys = new TerminalKey[EXPECTED_STEP_COUNT];
    private long[] sequences = new long[EXPECTED_STEP_COUNT];
    private int count;

    private Delivery(final Spares spares) {
        this.spares = spares;
    }

    /** The sequence is a sign-in's; other steps have none. */
    void add(
            final Step step,
            final NettySession session,
            final ByteBuf frame,
            final TerminalKey key,
            final long sequence) {
        if (count == steps.length) {
            final int larger = count * 2;
            steps = Arrays.copyOf(steps, larger);
            sessions = Arrays.copyOf(sessions, larger);
            frames = Arrays.copyOf(frames, larger);
            keys = Arrays.copyOf(keys, larger);
            sequences = Arrays.copyOf(sequences, larger);
        }
        steps[count] = step;
        sessions[count] = session;
        frames[count] = frame;
        keys[count] = key;
        sequences[count] = sequence;
        count++;
    }

    @Override
    public void run() {
        for (int i = 0; i < count; i++) {
            switch (steps[i]) {
                case REPLY -> sessions[i].write(frames[i]);
                case SIGN_IN -> sessions[i].enter(keys[i], sequences[i]);
                case SIGN_OUT -> sessions[i].end();
            }
        }
        for (int i = 0; i < count; i++) {
            sessions[i].flush();
        }
        clear();
        spares.give(this);
    }

    /** The loop is gone. */
    void release() {
        for (int i = 0; i < count; i++) {
            if (frames[i] != null) {
                frames[i].release();
            }
        }
        clear();
    }

    private void clear() {
        Arrays.fill(sessions, 0, count, null);
        Arrays.fill(frames, 0, count, null);
        Arrays.fill(keys, 0, count, null);
        count = 0;
    }
}
