package io.settlegate.loadtest;

import io.settlegate.loadtest.driver.load.Phase;
import io.settlegate.loadtest.driver.load.RequestMix;
import java.util.Optional;

/** What a load does over time: one phase, in a closed or an open loop, or a ramp. Exactly one of the two is there. */
record LoadShape(Phase phase, Optional<Ramp> ramp) {
    /** Reads are fresh for a minute before and after the moment for which they are signed; less what signing takes. */
    private static final int MAX_SECONDS_WITH_READS = 80;

    static LoadShape of(final Phase phase, final RequestMix mix) {
        if (mix.hasReads() && !phase.isOpen() && phase.warmupSeconds() + phase.seconds() > MAX_SECONDS_WITH_READS) {
            throw new IllegalArgumentException(
                    "a closed loop whose mix has reads (1101, 101, 5203, 3202) lasts at most " + MAX_SECONDS_WITH_READS
                            + " s, warm-up included: reads must be fresh when they arrive");
        }
        return new LoadShape(phase, Optional.empty());
    }

    static LoadShape of(final Ramp ramp) {
        return new LoadShape(ramp.first(), Optional.of(ramp));
    }
}
