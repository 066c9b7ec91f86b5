package io.settlegate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.settlegate.loadtest.books.Acknowledged;
import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.driver.FleetCounts;
import io.settlegate.loadtest.driver.FleetPlan;
import io.settlegate.loadtest.driver.TerminalFleet;
import io.settlegate.loadtest.gateway.GatewayInstallation;
import io.settlegate.loadtest.gateway.GatewayProcess;
import io.settlegate.loadtest.gateway.SampleGateway;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL under load, again and again: a real process, real terminals over TCP, nothing lost and nothing doubled. */
class KillIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int MIN_LOAD_MS = 300;
    private static final int MAX_LOAD_MS = 1_500;
    /** A child process starts and writes meanwhile. */
    private static final int MAX_LOAD_WITH_SNAPSHOTS_MS = 8_000;

    private static final int MAX_RECEIPTS = 2_000;
    private static final int SNAPSHOT_INTERVAL_MS = 1_000;

    @Test
    @Timeout(180)
    void shouldLoseAndDoubleNothingOverThreeKills(@TempDir final Path directory) throws Exception {
        killAndCheck(directory, 3, MAX_LOAD_MS, System.nanoTime(), "");
    }

    @Test
    @Tag("long")
    @Timeout(900)
    void shouldLoseAndDoubleNothingOverTwentyKills(@TempDir final Path directory) throws Exception {
        killAndCheck(directory, 20, MAX_LOAD_MS, System.nanoTime(), "");
    }

    /** Segments as short as they may be: one begins each quarter of a second, and some kills meet one that is begun. */
    @Test
    @Timeout(240)
    void shouldLoseAndDoubleNothingWhileSegmentsAreBegun(@TempDir final Path directory) throws Exception {
        killAndCheck(directory, 5, MAX_LOAD_MS, System.nanoTime(), "segmentLength: 65536\n");
        try (Stream<Path> files = Files.list(directory.resolve("data").resolve("journal"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("segment-")))
                    .as("segments, 8 of them begun by starts and the import")
                    .hasSizeGreaterThan(12);
        }
    }

    /** Segments are begun and snapshots are made by a child process, again and again, while the gateway is killed. */
    @Test
    @Timeout(400)
    void shouldLoseAndDoubleNothingWhileSegmentsAreBegunAndSnapshotsMade(@TempDir final Path directory)
            throws Exception {
        killAndCheckWithSnapshots(directory, 5);
    }

    @Test
    @Tag("long")
    @Timeout(1_800)
    void shouldLoseAndDoubleNothingOverThirtyKillsWhileSegmentsAreBegunAndSnapshotsMade(@TempDir final Path directory)
            throws Exception {
        killAndCheckWithSnapshots(directory, 30);
    }

    private static void killAndCheckWithSnapshots(final Path directory, final int killCount) throws Exception {
        killAndCheck(
                directory,
                killCount,
                MAX_LOAD_WITH_SNAPSHOTS_MS,
                System.nanoTime(),
                "segmentLength: 65536\nsnapshotIntervalMs: " + SNAPSHOT_INTERVAL_MS + "\n");
        try (Stream<Path> files =
                Files.list(directory.resolve("data").resolve("journal").resolve("snapshots"))) {
            assertThat(files.filter(file -> file.getFileName().toString().endsWith(".sgs")))
                    .as("snapshots that were completed, of a journal that was killed %d times", killCount)
                    .isNotEmpty();
        }
    }

    private static void killAndCheck(
            final Path directory, final int killCount, final int maxLoadMs, final long seed, final String settings)
            throws Exception {
        final SampleGateway sample = new SampleGateway(directory, GatewayInstallation.find());
        final Population population = Population.generate(seed, new PopulationSize(2_000, 20, 40, 100));
        sample.writeCity(population);
        sample.found();
        Files.writeString(directory.resolve("settlegate.yaml"), settings + "durability: batch\n");
        final SplittableRandom random = new SplittableRandom(seed);
        try (TerminalFleet fleet =
                new TerminalFleet(population, new FleetPlan(SampleGateway.GATEWAY_ID, 1_500, 5, 5, seed))) {
            for (int kill = 0; kill < killCount; kill++) {
                try (GatewayProcess gateway = start(sample, fleet)) {
                    Thread.sleep(random.nextInt(MIN_LOAD_MS, maxLoadMs));
                    fleet.requireNoFault();
                    fleet.gatewayGone();
                    gateway.kill();
                    fleet.awaitDisconnected(DEADLINE);
                }
            }
            try (GatewayProcess gateway = start(sample, fleet)) {
                fleet.stopLoad();
                fleet.awaitQuiet(DEADLINE);
                fleet.audit(DEADLINE);
                fleet.gatewayGone();
                gateway.terminate();
            }
            check(sample, fleet, killCount, seed);
        }
    }

    private static GatewayProcess start(final SampleGateway sample, final TerminalFleet fleet) throws Exception {
        final GatewayProcess gateway = sample.start("batch", sample.directory().resolve("settlegate.yaml"));
        fleet.gatewayAt(gateway.address());
        fleet.awaitSignedIn(DEADLINE);
        fleet.startLoad();
        return gateway;
    }

    private static void check(
            final SampleGateway sample, final TerminalFleet fleet, final int killCount, final long seed)
            throws Exception {
        final FleetCounts counts = fleet.counts();
        final JsonNode replay = sample.commands().replay();
        final ReceiptSample receipts = ReceiptSample.check(
                List.<Acknowledged>copyOf(fleet.books().acknowledged()), sample.publicKey(), MAX_RECEIPTS);
        final Proof proof = new Proof(fleet.books(), replay, sample.commands().verifyJournal(), receipts);

        assertThat(proof.checks()).as("seed %d", seed).allMatch(Check::holds);
        assertThat(fleet.books().findings()).as("seed %d", seed).isEmpty();
        assertThat(counts.settledCount())
                .as("settlements under %d kills, seed %d", killCount, seed)
                .isGreaterThan(100L * killCount);
        assertThat(counts.signInCount())
                .as("sign-ins, seed %d", seed)
                .isGreaterThanOrEqualTo((killCount + 1L) * fleet.size());
        System.out.printf(
                "kills: %d, seed %d: %d settled, %d answers of record, 0 lost, 0 doubled%n",
                killCount,
                seed,
                counts.settledCount(),
                fleet.books().acknowledged().size());
    }
}
