package io.settlegate.gateway.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.RandomHistory.Version;
import io.settlegate.gateway.benefits.file.PolicyFile;
import io.settlegate.gateway.benefits.policy.Policy;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seeded policies, persons, and histories: engine and reference agree on every fen of every field and accumulator. */
final class BenefitHistoriesTest {
    private static final int HISTORIES_OF_A_POLICY = 100;
    private static final int MOST_STEPS = 12;

    @Test
    @Timeout(300)
    void shouldAgreeWithTheReference() throws IOException {
        run(Integer.getInteger("settlegate.histories", 100_000));
    }

    @Test
    @Tag("long")
    @Timeout(3_600)
    void shouldAgreeWithTheReferenceForLong() throws IOException {
        run(Integer.getInteger("settlegate.histories", 1_000_000));
    }

    private static void run(final int histories) throws IOException {
        final long first = Long.getLong("settlegate.seed", new Random().nextLong());
        final BenefitComputation computation = new BenefitComputation(NoRecording.INSTANCE);
        long settlements = 0;
        long refusals = 0;
        long cancels = 0;
        Version[] versions = null;
        long policySeed = 0;
        for (int i = 0; i < histories; i++) {
            if (i % HISTORIES_OF_A_POLICY == 0) {
                policySeed = first + i;
                versions = versions(policySeed);
            }
            final RandomHistory history = new RandomHistory(new Random(first + i), versions, computation);
            final String fault = history.run(1 + i % MOST_STEPS);
            assertThat(fault)
                    .as("history %d of seed %d, policies of seed %d", i, first, policySeed)
                    .isNull();
            settlements += history.settlements;
            refusals += history.refusals;
            cancels += history.cancels;
        }
        assertThat(settlements).as("settlements").isGreaterThan(3L * histories);
        assertThat(refusals).as("refusals").isPositive();
        assertThat(cancels).as("cancels").isPositive();
    }

    private static Version[] versions(final long seed) throws IOException {
        final RandomPolicies policies = new RandomPolicies(new Random(seed));
        return new Version[] {
            version(seed, policies.next(1, "2026-01-01", "2026-07-01")),
            version(seed, policies.next(2, "2026-07-01", "2027-01-01"))
        };
    }

    private static Version version(final long seed, final String yaml) throws IOException {
        return new Version(Policy.compile(PolicyFile.read("policy of seed " + seed, yaml)), new ReferenceEngine(yaml));
    }
}
