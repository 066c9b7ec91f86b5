package io.settlegate.loadtest.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.loadtest.FakeGateway;
import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.population.LineCount;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationSize;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadDriverTest {
    private static final Population POPULATION = Population.generate(3, new PopulationSize(200, 8, 8, 40));

    @Test
    void shouldSettleEachSignedRequestOnceUntilTheyRunOut() throws Exception {
        final LoadPlan plan = new LoadPlan(8, 3, LineCount.exactly(3), 0, 30, 800, 3);
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver = new LoadDriver(plan, POPULATION, "FAKE", line -> {})) {
            driver.sign();
            final LoadResult result = driver.run(
                    gateway.address(), OptionalLong.of(ProcessHandle.current().pid()));

            assertThat(result.isExhausted()).isTrue();
            assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(30));
            assertThat(gateway.totals().settlementCount())
                    .isEqualTo(driver.settledCount())
                    .isLessThanOrEqualTo(800)
                    .isGreaterThan(700);
            assertThat(result.generatorTime()).isPresent();
            assertThat(result.gatewayTime()).isPresent();
            assertThat(result.countByCode()).containsOnlyKeys(0);
            assertThat(result.windowCount()).isEqualTo(3);
            assertThat(result.samples()).isNotEmpty();
        }
    }

    @Test
    void shouldSayWhichTerminalMetAnotherGateway() throws Exception {
        final LoadPlan plan = new LoadPlan(2, 1, LineCount.MIXED, 0, 30, 100, 3);
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver = new LoadDriver(plan, POPULATION, "OTHER", line -> {})) {
            driver.sign();

            assertThatThrownBy(() -> driver.run(gateway.address(), OptionalLong.empty()))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("this is gateway FAKE")
                    .hasMessageContaining("YB3203");
        }
    }
}
