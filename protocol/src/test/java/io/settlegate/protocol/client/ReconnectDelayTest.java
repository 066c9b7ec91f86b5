package io.settlegate.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReconnectDelayTest {
    private static final ClientTiming TIMING = new ClientTiming(1, 1, 1, 100, 1_000);

    private final long seed = System.nanoTime();
    private final ReconnectDelay delay = new ReconnectDelay(TIMING, new Random(seed));

    @Test
    void shouldDoubleUpToTheBoundAndNeverWaitLessThanHalf() {
        final int[] bounds = {100, 200, 400, 800, 1_000, 1_000, 1_000};
        for (final int bound : bounds) {
            assertThat(delay.nextMs()).as("seed %d", seed).isBetween(bound / 2L, (long) bound);
        }
    }

    @Test
    void shouldStartAnewAfterAConnectionThatWorked() {
        for (int i = 0; i < 10; i++) {
            delay.nextMs();
        }
        delay.reset();
        assertThat(delay.nextMs()).as("seed %d", seed).isLessThanOrEqualTo(100);
    }

    @Test
    void shouldSpreadTheTerminalsOfACity() {
        final Set<Long> waits = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            final ReconnectDelay other = new ReconnectDelay(TIMING, new Random(seed + i));
            waits.add(other.nextMs());
        }
        assertThat(waits).as("seed %d", seed).hasSizeGreaterThan(10);
    }

    @Test
    void shouldRefuseABoundBelowTheFirstWait() {
        assertThatThrownBy(() -> new ClientTiming(1, 1, 1, 100, 99)).isInstanceOf(IllegalArgumentException.class);
    }
}
