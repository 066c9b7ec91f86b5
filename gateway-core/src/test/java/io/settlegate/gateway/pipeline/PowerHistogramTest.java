package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerHistogramTest {
    @Test
    void shouldCountEachValueInTheFirstBucketWhoseBoundItDoesNotExceed() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            final PowerHistogram histogram =
                    random.nextBoolean() ? PowerHistogram.ofCounts() : PowerHistogram.ofNanoseconds();
            final long bound = histogram.bound(random.nextInt(histogram.boundCount()));
            final long value = Math.max(0, bound + random.nextInt(3) - 1);
            histogram.record(value);
            int expected = 0;
            while (expected < histogram.boundCount() && histogram.bound(expected) < value) {
                expected++;
            }
            assertThat(histogram.count(expected))
                    .as("value %d, seed %d", value, seed)
                    .isEqualTo(1);
            assertThat(histogram.totalCount()).isEqualTo(1);
            assertThat(histogram.sum()).isEqualTo(value);
        }
    }

    @Test
    void shouldKeepWhatLiesBeyondItsBounds() {
        final PowerHistogram histogram = PowerHistogram.ofCounts();
        histogram.record(Long.MAX_VALUE);
        histogram.record(-1);
        assertThat(histogram.count(histogram.boundCount())).isEqualTo(1);
        assertThat(histogram.count(0)).isEqualTo(1);
    }
}
