package io.settlegate.loadtest;

import io.settlegate.loadtest.driver.load.Phase;
import io.settlegate.loadtest.driver.load.PhaseResult;
import java.util.Locale;
import java.util.Optional;

/**
 * Rates from low to high, one step after the other, until the gateway no longer keeps up.
 *
 * @param warmupSeconds before the first step, at its rate; each later step has {@value #SETTLING_SECONDS} s to settle.
 */
record Ramp(
        double fromPerSecond,
        double toPerSecond,
        double stepPerSecond,
        int stepSeconds,
        int warmupSeconds,
        double p99LimitMs) {
    private static final double MIN_ACHIEVED_SHARE = 0.95;
    private static final double NS_PER_MS = 1e6;
    private static final int MAX_STEPS = 200;
    private static final int SETTLING_SECONDS = 1;
    private static final double P99 = 99;

    Ramp {
        if (!(fromPerSecond >= 1 && toPerSecond >= fromPerSecond && stepPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "a ramp goes from a rate of at least 1 to a rate that is not below it, in steps above 0");
        }
        if ((toPerSecond - fromPerSecond) / stepPerSecond >= MAX_STEPS) {
            throw new IllegalArgumentException("a ramp has at most " + MAX_STEPS + " steps: choose a larger --step");
        }
        if (!(p99LimitMs > 0)) {
            throw new IllegalArgumentException("--p99-limit-ms is above 0");
        }
        // Made once to hear now, and not after minutes, of a step that cannot be.
        Phase.open(toPerSecond, SETTLING_SECONDS, stepSeconds);
        Phase.open(fromPerSecond, warmupSeconds, stepSeconds);
    }

    Phase first() {
        return Phase.open(fromPerSecond, warmupSeconds, stepSeconds);
    }

    /** The step after one; none if that was the last. */
    Optional<Phase> after(final Phase step) {
        final double rate = step.ratePerSecond() + stepPerSecond;
        return rate > toPerSecond ? Optional.empty() : Optional.of(Phase.open(rate, SETTLING_SECONDS, stepSeconds));
    }

    /** Why the ramp ends with this step; empty if the gateway kept up. */
    Optional<String> end(final PhaseResult step) {
        if (step.achievedPerSecond() < MIN_ACHIEVED_SHARE * step.phase().ratePerSecond()) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%,.0f answers/s are less than %.0f %% of the %,.0f planned",
                    step.achievedPerSecond(),
                    100 * MIN_ACHIEVED_SHARE,
                    step.phase().ratePerSecond()));
        }
        final double p99Ms = step.latencyNs().getValueAtPercentile(P99) / NS_PER_MS;
        if (p99Ms > p99LimitMs) {
            return Optional.of(
                    String.format(Locale.ROOT, "its p99 of %.1f ms is above the limit of %.1f ms", p99Ms, p99LimitMs));
        }
        return Optional.empty();
    }
}
