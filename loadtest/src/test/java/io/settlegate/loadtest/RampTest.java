package io.settlegate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.loadtest.driver.load.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RampTest {
    private static final Ramp RAMP = new Ramp(1_000, 2_000, 400, 10, 5, 50);

    @Test
    void shouldClimbInStepsAndNotBeyondTheLast() {
        final List<Double> rates = new ArrayList<>();
        for (Optional<Phase> step = Optional.of(RAMP.first()); step.isPresent(); step = RAMP.after(step.get())) {
            rates.add(step.get().ratePerSecond());
            assertThat(step.get().seconds()).isEqualTo(10);
        }
        assertThat(rates).containsExactly(1_000.0, 1_400.0, 1_800.0);
        assertThat(RAMP.first().warmupSeconds()).isEqualTo(5);
    }

    @Test
    void shouldGoOnWhileTheGatewayKeepsUp() {
        assertThat(RAMP.end(Results.open(1_000, 951, 49, 0))).isEmpty();
    }

    @Test
    void shouldEndWithTheFirstStepThatAchievesTooLittle() {
        assertThat(RAMP.end(Results.open(1_000, 940, 10, 0)).orElseThrow())
                .contains("940 answers/s")
                .contains("95 %");
    }

    @Test
    void shouldEndWithTheFirstStepThatIsTooSlow() {
        assertThat(RAMP.end(Results.open(1_000, 1_000, 51, 0)).orElseThrow())
                .contains("p99")
                .contains("50.0 ms");
    }

    @Test
    void shouldRefuseARampThatLeadsNowhere() {
        assertThatThrownBy(() -> new Ramp(2_000, 1_000, 100, 10, 5, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ramp(1_000, 2_000, 0, 10, 5, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ramp(1_000, 2_000, 1, 10, 5, 50)).hasMessageContaining("200 steps");
        assertThatThrownBy(() -> new Ramp(1_000, 2_000, 100, 10, 5, 0)).hasMessageContaining("p99-limit");
        assertThatThrownBy(() -> new Ramp(1_000, 500_000, 100_000, 10, 5, 50))
                .as("more requests than memory holds")
                .hasMessageContaining("2000000");
    }
}
