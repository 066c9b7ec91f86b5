package io.settlegate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.settlegate.loadtest.books.Acknowledged;
import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.driver.FleetCounts;
import io.settlegate.loadtest.driver.FleetPlan;
import io.settlegate.loadtest.driver.TerminalFleet;
import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.gateway.GatewayProcess;
import io.settlegate.loadtest.gateway.SampleGateway;
import io.settlegate.loadtest.population.Population;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The newcomer's demonstration as a straight line: city, import, start, settle, kill, recover, settle, audit, the
 * daily trade, stop, prove.
 *
 * <p>For one thread, which blocks; the terminals live on the fleet's event loop.
 */
final class Demo {
    private static final Duration SIGN_IN_DEADLINE = Duration.ofSeconds(60);
    private static final Duration QUIET_DEADLINE = Duration.ofSeconds(120);
    private static final Duration LOST_CONNECTION_DEADLINE = Duration.ofSeconds(10);
    private static final long TICK_MS = 250;
    private static final int REVERSAL_PERCENT = 4;
    private static final int PERSON_INFO_PERCENT = 8;
    private static final int MAX_RECEIPTS = 6_000;
    private static final String DURABILITY = "batch";

    private final SampleGateway sample;
    private final DemoPlan plan;
    private final Screen screen;

    Demo(final SampleGateway sample, final DemoPlan plan, final Screen screen) {
        this.sample = sample;
        this.plan = plan;
        this.screen = screen;
    }

    /** Runs it all; true if everything held. */
    boolean run() throws IOException, GatewayException {
        final Population population = makeCity();
        final FleetPlan fleetPlan = new FleetPlan(
                SampleGateway.GATEWAY_ID, plan.ratePerSecond(), REVERSAL_PERCENT, PERSON_INFO_PERCENT, plan.seed());
        try (TerminalFleet fleet = new TerminalFleet(population, fleetPlan)) {
            final DailyTrade trade = new DailyTrade(sample, population, fleet.books(), screen);
            settleUntilKilled(fleet);
            recoverAndEnd(fleet, trade);
            return prove(fleet, trade);
        }
    }

    private Population makeCity() throws IOException, GatewayException {
        screen.progress("city", "inventing persons, institutions, terminals with keys");
        final Population population = Population.generate(plan.seed(), plan.size());
        sample.writeCity(population);
        screen.step(
                "city",
                Numbers.count(plan.size().personCount()) + " persons, "
                        + Numbers.count(plan.size().institutionCount()) + " institutions, "
                        + Numbers.count(plan.size().terminalCount()) + " terminals with SM2 keys, "
                        + Numbers.count(plan.size().itemCount()) + " items");
        screen.progress("import", "founding the journal, importing the city");
        sample.found();
        screen.step("import", "journal founded, city and policy imported, balances allocated");
        return population;
    }

    private void settleUntilKilled(final TerminalFleet fleet) throws GatewayException {
        try (GatewayProcess gateway = sample.start(DURABILITY)) {
            screen.step(
                    "start",
                    "gateway ready, pid " + gateway.pid() + "; it forces each batch to the disk before it answers");
            signIn(fleet, gateway);
            fleet.startLoad();
            pass(fleet, plan.secondsBeforeKill());
            fleet.gatewayGone();
            gateway.kill();
            fleet.stopLoad();
            fleet.awaitDisconnected(LOST_CONNECTION_DEADLINE);
        }
        final FleetCounts counts = fleet.counts();
        screen.step("settle", tally(counts) + ", then SIGKILL in the middle of it");
        screen.more(Numbers.count(counts.unansweredCount()) + " requests were on their way and never heard an answer");
    }

    private void recoverAndEnd(final TerminalFleet fleet, final DailyTrade trade) throws IOException, GatewayException {
        final FleetCounts before = fleet.counts();
        screen.progress("recover", "starting again on the same directory");
        try (GatewayProcess gateway = sample.start(DURABILITY)) {
            screen.step("recover", "gateway ready again by itself, pid " + gateway.pid());
            signIn(fleet, gateway);
            fleet.startLoad();
            pass(fleet, plan.secondsAfterKill());
            fleet.stopLoad();
            fleet.awaitQuiet(QUIET_DEADLINE);
            final FleetCounts after = fleet.counts();
            screen.step("settle", tally(after) + " in all");
            screen.more("of " + Numbers.count(before.unansweredCount()) + " unanswered: "
                    + Numbers.count(after.resentCount()) + " sent again with the same msgid, "
                    + Numbers.count(after.queriedCount()) + " asked for, "
                    + Numbers.count(after.reversedUnheardCount()) + " reversed;");
            screen.more(Numbers.count(after.madeBeforeCount())
                    + " of them had been made before the kill, and were not made again");
            screen.progress("audit", "asking for every msgid that was ever acknowledged");
            fleet.audit(QUIET_DEADLINE);
            screen.step(
                    "audit",
                    Numbers.count(fleet.books().acknowledged().size())
                            + " acknowledged msgids asked for, each answer compared with the first");
            fleet.gatewayGone();
            trade.atTheWindow(gateway.address());
            gateway.terminate();
            screen.step("stop", "SIGTERM: answered what it had taken, and ended");
        }
    }

    private boolean prove(final TerminalFleet fleet, final DailyTrade trade) throws IOException, GatewayException {
        trade.atTheOffice();
        screen.progress("replay", "rebuilding the state from the journal");
        final JsonNode replay = sample.commands().replay();
        screen.step("replay", "state rebuilt from the journal alone, every outcome computed again");
        screen.progress("verify", "checking journal and receipts");
        final JsonNode journal = sample.commands().verifyJournal();
        final ReceiptSample receipts = ReceiptSample.check(
                List.<Acknowledged>copyOf(fleet.books().acknowledged()), sample.publicKey(), MAX_RECEIPTS);
        final Proof proof = new Proof(fleet.books(), replay, journal, receipts);
        screen.step("verify", "journal read through, receipts checked with the gateway's public key alone");
        screen.line("");
        proof.lines().forEach(screen::line);
        screen.line("");
        screen.line("    the daily trade");
        final List<Check> daily = trade.checks(replay);
        daily.forEach(check -> screen.line(check.line()));
        screen.line("");
        printLatency(fleet.counts());
        return proof.holds() && daily.stream().allMatch(Check::holds);
    }

    private void signIn(final TerminalFleet fleet, final GatewayProcess gateway) throws GatewayException {
        screen.progress("sign in", "terminals are connecting");
        fleet.gatewayAt(gateway.address());
        fleet.awaitSignedIn(SIGN_IN_DEADLINE);
        screen.step("sign in", Numbers.count(fleet.size()) + " terminals, each on its own connection");
    }

    private void pass(final TerminalFleet fleet, final int seconds) throws GatewayException {
        final long startNs = System.nanoTime();
        FleetCounts last = fleet.counts();
        long lastNs = startNs;
        while (System.nanoTime() - startNs < Duration.ofSeconds(seconds).toNanos()) {
            try {
                Thread.sleep(TICK_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GatewayException("interrupted", e);
            }
            fleet.requireNoFault();
            final FleetCounts counts = fleet.counts();
            final long nowNs = System.nanoTime();
            screen.progress(
                    "settle",
                    String.format(
                            Locale.ROOT,
                            "%2d of %d s   %,9d settlements   %,6.0f/s   p50 %s   p99 %s",
                            (nowNs - startNs) / 1_000_000_000,
                            seconds,
                            counts.settledCount(),
                            (counts.settledCount() - last.settledCount()) * 1e9 / (nowNs - lastNs),
                            Numbers.latency(counts.settleLatencyNs(), 50),
                            Numbers.latency(counts.settleLatencyNs(), 99)));
            last = counts;
            lastNs = nowNs;
        }
    }

    private void printLatency(final FleetCounts counts) {
        screen.line(String.format(
                Locale.ROOT,
                "    settlement, signed and over TCP:  p50 %s   p90 %s   p99 %s   p99.9 %s   max %s",
                Numbers.latency(counts.settleLatencyNs(), 50),
                Numbers.latency(counts.settleLatencyNs(), 90),
                Numbers.latency(counts.settleLatencyNs(), 99),
                Numbers.latency(counts.settleLatencyNs(), 99.9),
                Numbers.latency(counts.settleLatencyNs(), 100)));
        screen.line("    (" + Numbers.count(plan.ratePerSecond())
                + " requests a second on a machine shared with the terminals; `load` measures what it can carry)");
    }

    private static String tally(final FleetCounts counts) {
        final long refused = counts.refusedByCode().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return Numbers.count(counts.settledCount()) + " settled, "
                + Numbers.count(counts.reversedCount()) + " reversed, "
                + Numbers.count(counts.personInfoCount()) + " asked (1101), " + Numbers.count(refused) + " refused";
    }
}
