package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.benefits.policy.Plan;
import io.settlegate.gateway.benefits.policy.Policy;

/** Records nothing; for the hot path. */
public final class NoRecording implements StepRecorder {
    public static final NoRecording INSTANCE = new NoRecording();

    private NoRecording() {}

    @Override
    public void onPlan(final Policy policy, final Plan plan, final Claim claim) {}

    @Override
    public void onStep(
            final Step step,
            final Fund fund,
            final int index,
            final long baseFen,
            final long ratioE8,
            final long limitFen,
            final long amountFen) {}

    @Override
    public void onAccumulator(final int slot, final long beforeFen, final long afterFen) {}
}
