package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Power cuts, failed forces, and short writes under the real stages, on a store in memory. */
final class LinePowerCutTest {
    @TempDir
    private Path directory;

    @Test
    @Timeout(120)
    void shouldLoseNothingInThreeHundredPowerCuts() throws Exception {
        assertLosesNothing(300, SynchronousLine.Order.BATCH_BY_BATCH);
    }

    /** As on machines with many cores, where the force has a thread of its own. */
    @Test
    @Timeout(120)
    void shouldLoseNothingWhereTheNextBatchIsJournaledBeforeTheForce() throws Exception {
        assertLosesNothing(300, SynchronousLine.Order.OVERLAPPING);
    }

    @Test
    @Tag("long")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void shouldLoseNothingInTenThousandPowerCuts() throws Exception {
        assertLosesNothing(5_000, SynchronousLine.Order.BATCH_BY_BATCH);
        assertLosesNothing(5_000, SynchronousLine.Order.OVERLAPPING);
    }

    /** If this did not find losses the tests above would prove nothing. */
    @Test
    @Timeout(120)
    void shouldNoticeRepliesThatLeaveBeforeTheForce() throws Exception {
        final long seed = System.nanoTime();
        final LinePowerCuts cuts = new LinePowerCuts(directory, seed, LateForce::of, SynchronousLine.Order.BATCH_BY_BATCH);
        for (int i = 0; i < 10 && cuts.lostCount() == 0; i++) {
            cuts.run(12);
        }
        System.out.printf(
                "late force: seed %d: %d acknowledged, %d lost, %d starts refused%n",
                seed, cuts.acknowledgedCount(), cuts.lostCount(), cuts.refusedStartCount());
        assertThat(cuts.lostCount()).as("lost by the mutation, seed %d", seed).isPositive();
    }

    private void assertLosesNothing(final int rounds, final SynchronousLine.Order order) throws Exception {
        final long seed = System.nanoTime();
        final LinePowerCuts cuts = new LinePowerCuts(directory, seed, UnaryOperator.identity(), order);
        try {
            cuts.run(rounds);
        } catch (final Exception | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
        System.out.printf(
                "power cuts of the line, %s: seed %d, %d rounds, %d crashes: %d acknowledged, %d lost, %d doubled%n",
                order, seed, rounds, cuts.crashCount(), cuts.acknowledgedCount(), cuts.lostCount(), cuts.doubledCount());
        assertThat(new int[] {cuts.lostCount(), cuts.differingCount(), cuts.doubledCount(), cuts.refusedStartCount()})
                .as("lost, differing, doubled, refused starts; seed %d", seed)
                .containsOnly(0);
        assertThat(cuts.acknowledgedCount()).as("seed %d", seed).isGreaterThan(rounds * 4);
        assertThat(cuts.crashCount()).as("seed %d", seed).isGreaterThan(rounds / 4);
        assertThat(cuts.rollCount()).as("segments prepared, seed %d", seed).isGreaterThan(rounds / 8);
    }
}
