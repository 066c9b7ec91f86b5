package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.receipt.DurabilityLevel;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PowerCutTest {
    private static final long SEED = Long.getLong("settlegate.seed", 20261122L);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldLoseNothingCommittedInTwoThousandPowerCuts() {
        final PowerCutLoop loop = new PowerCutLoop(SEED, UnaryOperator.identity(), DurabilityLevel.BATCH);
        assertThat(loop.run(2_000)).isNull();
        assertThat(loop.faultCount()).as("faults injected, seed %d", SEED).isGreaterThan(50);
        assertThat(loop.setAsideCount()).as("tails set aside, seed %d", SEED).isGreaterThan(3);
        assertThat(loop.rollCount())
                .as("segments begun by a running writer, seed %d", SEED)
                .isGreaterThan(200);
    }

    @Test
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void shouldLoseNothingCommittedInTenThousandPowerCuts() {
        assertThat(new PowerCutLoop(SEED + 1, UnaryOperator.identity(), DurabilityLevel.BATCH).run(10_000))
                .isNull();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void shouldNoticeAStoreWhoseForceLies() {
        assertThat(new PowerCutLoop(SEED, LyingStore::new, DurabilityLevel.BATCH).run(200))
                .contains("round");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldLoseNothingCommittedAtLevelRecord() {
        final PowerCutLoop loop = new PowerCutLoop(SEED + 2, UnaryOperator.identity(), DurabilityLevel.RECORD);
        assertThat(loop.run(500)).isNull();
        assertThat(loop.lostCount()).as("seed %d", SEED + 2).isZero();
    }

    /** If a power cut took nothing here, the test would not show that the background force is what keeps the rest. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldLoseAtLevelProcessOnlyWhatNoBackgroundForceCovered() {
        for (final DurabilityLevel level : new DurabilityLevel[] {DurabilityLevel.PROCESS, DurabilityLevel.NONE}) {
            final PowerCutLoop loop = new PowerCutLoop(SEED + 3, UnaryOperator.identity(), level);
            assertThat(loop.run(1_000)).as("level %s", level).isNull();
            assertThat(loop.lostCount()).as("lost, level %s", level).isGreaterThan(50);
            assertThat(loop.setAsideCount()).as("set aside, level %s", level).isGreaterThan(3);
            assertThat(loop.rollCount()).as("rolls, level %s", level).isGreaterThan(100);
        }
    }

    /** As where the force has a thread of its own. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldLoseNothingDurableWhereBatchesAreSealedAhead() {
        for (final DurabilityLevel level : DurabilityLevel.values()) {
            final PowerCutLoop loop = new PowerCutLoop(SEED + 5, level, PowerCutLoop.Sealing.AHEAD);
            assertThat(loop.run(1_500)).as("level %s", level).isNull();
            assertThat(loop.aheadCount()).as("ahead, level %s", level).isGreaterThan(500);
            assertThat(loop.faultCount()).as("faults, level %s", level).isGreaterThan(30);
            assertThat(loop.rollCount()).as("rolls, level %s", level).isGreaterThan(150);
        }
    }

    /** Snapshots are written, cut off, and damaged on the way; starts that begin at one must find what all others find. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldLoseNothingCommittedWhereStartsBeginAtSnapshots() {
        for (final DurabilityLevel level : DurabilityLevel.values()) {
            final PowerCutLoop loop =
                    new PowerCutLoop(SEED + 4, UnaryOperator.identity(), level, PowerCutLoop.Snapshots.SOME);
            assertThat(loop.run(1_500)).as("level %s", level).isNull();
            assertThat(loop.snapshotCount()).as("written, level %s", level).isGreaterThan(300);
            assertThat(loop.fromSnapshotCount())
                    .as("begun from one, level %s", level)
                    .isGreaterThan(500);
            assertThat(loop.refusedCount()).as("refused, level %s", level).isGreaterThan(20);
            assertThat(loop.faultCount()).as("faults, level %s", level).isGreaterThan(30);
        }
    }
}
