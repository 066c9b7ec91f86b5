package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;

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
        final PowerCutLoop loop = new PowerCutLoop(SEED, UnaryOperator.identity());
        assertThat(loop.run(2_000)).isNull();
        assertThat(loop.faultCount()).as("faults injected, seed %d", SEED).isGreaterThan(50);
        assertThat(loop.setAsideCount()).as("tails set aside, seed %d", SEED).isGreaterThan(3);
    }

    @Test
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void shouldLoseNothingCommittedInTenThousandPowerCuts() {
        assertThat(new PowerCutLoop(SEED + 1, UnaryOperator.identity()).run(10_000))
                .isNull();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void shouldNoticeAStoreWhoseForceLies() {
        assertThat(new PowerCutLoop(SEED, LyingStore::new).run(200)).contains("round");
    }
}
