package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.EventHandler;

/** Cuts the power before or after one step of a stage: the step after which it burns is drawn by the caller. */
final class PowerFuse {
    private static final long NEVER = Long.MAX_VALUE;

    private long stepsLeft = NEVER;

    /** The power goes after so many steps; each event of each stage counts two. */
    void burnAfter(final int steps) {
        stepsLeft = steps;
    }

    void mend() {
        stepsLeft = NEVER;
    }

    EventHandler<RequestSlot> around(final EventHandler<RequestSlot> stage) {
        return (slot, ringSequence, endOfBatch) -> {
            step();
            stage.onEvent(slot, ringSequence, endOfBatch);
            step();
        };
    }

    private void step() {
        stepsLeft--;
        if (stepsLeft <= 0) {
            throw new Burnt();
        }
    }

    /** The power is gone; nothing of the line is to be used any more. */
    static final class Burnt extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
