package io.settlegate.gateway.benefits.explain;

import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.NoRecording;
import io.settlegate.gateway.benefits.Step;
import io.settlegate.gateway.benefits.StepRecorder;
import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.benefits.policy.Plan;
import io.settlegate.gateway.benefits.policy.Policy;

/**
 * Passes steps on while it is armed, else to nobody, so that one computation among many is recorded.
 *
 * <p>Owned by one thread.
 */
public final class ArmedRecorder implements StepRecorder {
    private StepRecorder target = NoRecording.INSTANCE;

    /** From now on this one is told. */
    public void arm(final StepRecorder recorder) {
        target = recorder;
    }

    public void disarm() {
        target = NoRecording.INSTANCE;
    }

    @Override
    public void onPlan(final Policy policy, final Plan plan, final Claim claim) {
        target.onPlan(policy, plan, claim);
    }

    @Override
    public void onStep(
            final Step step,
            final Fund fund,
            final int index,
            final long baseFen,
            final long ratioE8,
            final long limitFen,
            final long amountFen) {
        target.onStep(step, fund, index, baseFen, ratioE8, limitFen, amountFen);
    }

    @Override
    public void onAccumulator(final int slot, final long beforeFen, final long afterFen) {
        target.onAccumulator(slot, beforeFen, afterFen);
    }
}
