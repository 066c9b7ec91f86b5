package io.settlegate.loadtest.driver.load;

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
    private static final OptionalLong SELF =
            OptionalLong.of(ProcessHandle.current().pid());
    private static final RequestMix MIX = RequestMix.parse("2102=60,2101=10,1101=10,2103=10,2601=10");

    @Test
    void shouldSettleEachSignedRequestOnceUntilTheyRunOut() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver = driver(plan(8, 3, RequestMix.SETTLEMENTS))) {
            driver.sign(Phase.closed(0, 30, 800));
            driver.connect(gateway.address());
            final PhaseResult result = driver.run(SELF);

            assertThat(result.isExhausted()).isTrue();
            assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(30));
            assertThat(driver.totals()).isEqualTo(gateway.totals());
            assertThat(driver.totals().settlementCount())
                    .as("the phase ends when the first of eight connections has sent its hundred")
                    .isBetween(97L, 800L);
            assertThat(result.generatorTime()).isPresent();
            assertThat(result.gatewayTime()).isPresent();
            assertThat(result.countByCode()).containsOnlyKeys(0);
            assertThat(result.repeatCount()).isZero();
            assertThat(result.windowCount()).isEqualTo(3);
            assertThat(driver.samples()).isNotEmpty();
        }
    }

    @Test
    void shouldSayWhichTerminalMetAnotherGateway() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver =
                        new LoadDriver(plan(2, 1, RequestMix.SETTLEMENTS), POPULATION, "OTHER", line -> {})) {
            driver.sign(Phase.closed(0, 30, 100));

            assertThatThrownBy(() -> driver.connect(gateway.address()))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("this is gateway FAKE")
                    .hasMessageContaining("YB3203");
        }
    }

    @Test
    void shouldSendWhatIsPlannedAndMeasureThatAlone() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver = driver(plan(8, 0, RequestMix.SETTLEMENTS))) {
            driver.sign(Phase.open(400, 1, 2));
            driver.connect(gateway.address());
            final PhaseResult result = driver.run(SELF);

            assertThat(driver.totals().settlementCount()).as("warm-up included").isEqualTo(1_200);
            assertThat(driver.totals()).isEqualTo(gateway.totals());
            assertThat(result.countByKind()).containsOnlyKeys(RequestKind.SETTLE);
            assertThat(result.latencyNs().getTotalCount()).isEqualTo(800);
            assertThat(result.lagNs().getTotalCount()).isEqualTo(800);
            assertThat(result.windowCount()).as("the gateway's window").isEqualTo(16);
            assertThat(result.unfinishedCount()).isZero();
        }
    }

    @Test
    void shouldCountTheWaitingOfRequestsThatAStalledGatewayKeptFromBeingSent() throws Exception {
        final long stallMs = 1_000;
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver = driver(plan(2, 1, RequestMix.SETTLEMENTS))) {
            driver.sign(Phase.open(200, 0, 2));
            driver.connect(gateway.address());
            gateway.stall(100, stallMs);
            final PhaseResult result = driver.run(SELF);

            final long longNs = stallMs * 1_000_000 / 2;
            assertThat(result.latencyNs().getTotalCount()).isEqualTo(400);
            assertThat(result.latencyNs().getCountBetweenValues(longNs, Long.MAX_VALUE / 2))
                    .as("half of the stall is 100 requests that waited longer than the other half")
                    .isGreaterThanOrEqualTo(90);
            assertThat(result.serviceNs().getCountBetweenValues(longNs, Long.MAX_VALUE / 2))
                    .as("but two at most were under way")
                    .isLessThan(result.latencyNs().getCountBetweenValues(longNs, Long.MAX_VALUE / 2));
        }
    }

    @Test
    void shouldKeepQuietUntilTheTimeThatABusyGatewayNamed() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver = driver(plan(4, 1, RequestMix.SETTLEMENTS))) {
            gateway.beBusy(7, 40);
            driver.sign(Phase.open(200, 0, 2));
            driver.connect(gateway.address());
            final PhaseResult result = driver.run(SELF);

            assertThat(result.busyCount()).isPositive();
            assertThat(gateway.tooEarlyCount()).isZero();
            assertThat(driver.totals().settlementCount()).isEqualTo(400);
            assertThat(driver.totals()).isEqualTo(gateway.totals());
            assertThat(result.repeatCount()).isZero();
        }
    }

    @Test
    void shouldSendEveryKindOfTheMixAndKeepBooksOfIt() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver = driver(plan(4, 0, MIX))) {
            driver.sign(Phase.open(500, 0, 3));
            driver.connect(gateway.address());
            final PhaseResult result = driver.run(SELF);

            assertThat(result.countByKind())
                    .containsOnlyKeys(
                            RequestKind.PRESETTLE,
                            RequestKind.SETTLE,
                            RequestKind.CANCEL,
                            RequestKind.PERSON_INFO,
                            RequestKind.REVERSE);
            assertThat(result.countByCode())
                    .as("each cancel and reversal found its settlement, once")
                    .containsOnlyKeys(0);
            assertThat(driver.totals()).isEqualTo(gateway.totals());
            assertThat(driver.totals().reversalCount()).isPositive();
            assertThat(driver.cancelCount()).isPositive().isEqualTo(gateway.cancelCount());
        }
    }

    @Test
    void shouldGoOnWithNewMsgidsInTheNextPhaseAndAfterARestart() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver = driver(plan(4, 2, MIX))) {
            driver.sign(Phase.closed(0, 20, 200));
            driver.connect(gateway.address());
            driver.run(SELF);
            driver.sign(Phase.open(300, 0, 1));
            assertThat(driver.run(SELF).repeatCount()).isZero();
            driver.disconnect();
            gateway.kill();
            gateway.restart();
            driver.sign(Phase.closed(0, 20, 200));
            driver.connect(gateway.address());
            assertThat(driver.run(SELF).repeatCount()).isZero();
            assertThat(driver.totals()).isEqualTo(gateway.totals());
        }
    }

    @Test
    void shouldGiveUpWhatAGatewayThatDoesNotKeepUpLeavesUnsentAndSaySo() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                LoadDriver driver = driver(plan(1, 1, RequestMix.SETTLEMENTS))) {
            driver.sign(Phase.open(100, 0, 1));
            driver.connect(gateway.address());
            gateway.stall(10, 8_000);
            final PhaseResult result = driver.run(SELF);

            assertThat(result.unfinishedCount()).isGreaterThanOrEqualTo(80);
            assertThat(result.latencyNs().getTotalCount()).isEqualTo(100);
            assertThat(driver.totals()).isEqualTo(gateway.totals());
        }
    }

    private static LoadPlan plan(final int connectionCount, final int inFlightCount, final RequestMix mix) {
        return new LoadPlan(connectionCount, inFlightCount, LineCount.exactly(3), mix, 3);
    }

    private static LoadDriver driver(final LoadPlan plan) {
        return new LoadDriver(plan, POPULATION, "FAKE", line -> {});
    }
}
