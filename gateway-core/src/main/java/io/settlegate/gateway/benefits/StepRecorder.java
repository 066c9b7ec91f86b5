package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.benefits.policy.Plan;
import io.settlegate.gateway.benefits.policy.Policy;

/** Told of each step while a claim is computed. It must not change what it is given. */
public interface StepRecorder {
    /** The plan that was found. */
    void onPlan(Policy policy, Plan plan, Claim claim);

    /**
     * One step; what the numbers mean stands in {@link Step}.
     *
     * @param fund the fund of a scheme's step; null for others.
     * @param index the position of the segment or tier; 0 for others.
     * @param ratioE8 the ratio in 1/100,000,000; 0 where there is none.
     * @param limitFen what bounds the amount; {@code Money.UNLIMITED_FEN} where nothing does.
     */
    void onStep(Step step, Fund fund, int index, long baseFen, long ratioE8, long limitFen, long amountFen);

    /** An accumulator that the settlement changes. */
    void onAccumulator(int slot, long beforeFen, long afterFen);
}
