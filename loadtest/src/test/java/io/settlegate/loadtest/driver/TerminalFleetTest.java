package io.settlegate.loadtest.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.loadtest.FakeGateway;
import io.settlegate.loadtest.books.Books;
import io.settlegate.loadtest.books.Finding;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationSize;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TerminalFleetTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long LOAD_MS = 700;
    private static final FleetPlan PLAN = new FleetPlan("FAKE", 1500, 10, 10, 7);
    private static Population population;

    @BeforeAll
    static void makePopulation() {
        population = Population.generate(7, new PopulationSize(500, 6, 24, 40));
    }

    @Test
    void shouldFindNothingWhereTheGatewayKeepsItsPromisesOverAKill() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                TerminalFleet fleet = new TerminalFleet(population, PLAN)) {
            load(gateway, fleet);
            killUnderLoad(gateway, fleet);
            final FleetCounts counts = finish(gateway, fleet);

            assertThat(fleet.books().findings()).isEmpty();
            assertThat(fleet.books().totals()).isEqualTo(gateway.totals());
            assertThat(fleet.books().confirmedCount())
                    .isEqualTo(fleet.books().acknowledged().size())
                    .isGreaterThan(200);
            assertThat(counts.unansweredCount()).isPositive();
            assertThat(counts.resentCount()).isPositive();
            assertThat(counts.queriedCount()).isPositive();
            assertThat(counts.reversedUnheardCount()).isPositive();
            assertThat(counts.madeBeforeCount()).isPositive();
            assertThat(counts.reversedCount()).isPositive();
        }
    }

    @Test
    void shouldFindSettlementsThatTheGatewayForgot() throws Exception {
        final Books books = runWith(FakeGateway.Fault.LOSE);

        assertThat(books.count(Finding.Kind.LOST)).isPositive();
    }

    @Test
    void shouldFindRepeatsThatWereSettledAgain() throws Exception {
        final Books books = runWith(FakeGateway.Fault.DOUBLE);

        assertThat(books.count(Finding.Kind.DOUBLED)).isPositive();
    }

    @Test
    void shouldFindAnswersOfRecordThatChanged() throws Exception {
        final Books books = runWith(FakeGateway.Fault.DIFFER);

        assertThat(books.count(Finding.Kind.DIFFERING)).isPositive();
    }

    private static Books runWith(final FakeGateway.Fault fault) throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                TerminalFleet fleet = new TerminalFleet(population, PLAN)) {
            gateway.failBy(fault);
            load(gateway, fleet);
            killUnderLoad(gateway, fleet);
            finish(gateway, fleet);
            return fleet.books();
        }
    }

    private static void load(final FakeGateway gateway, final TerminalFleet fleet) throws Exception {
        fleet.gatewayAt(gateway.address());
        fleet.awaitSignedIn(DEADLINE);
        fleet.startLoad();
        Thread.sleep(LOAD_MS);
    }

    private static void killUnderLoad(final FakeGateway gateway, final TerminalFleet fleet) throws Exception {
        gateway.leaveUnheard(3);
        Thread.sleep(LOAD_MS / 4);
        fleet.gatewayGone();
        gateway.kill();
        fleet.stopLoad();
        fleet.awaitDisconnected(DEADLINE);
        gateway.restart();
    }

    private static FleetCounts finish(final FakeGateway gateway, final TerminalFleet fleet) throws Exception {
        load(gateway, fleet);
        fleet.stopLoad();
        fleet.awaitQuiet(DEADLINE);
        fleet.audit(DEADLINE);
        fleet.books().compare(gateway.totals());
        return fleet.counts();
    }
}
