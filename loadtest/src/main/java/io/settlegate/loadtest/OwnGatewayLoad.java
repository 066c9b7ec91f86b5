package io.settlegate.loadtest;

import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.driver.load.LoadDriver;
import io.settlegate.loadtest.driver.load.PhaseResult;
import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.gateway.GatewayProcess;
import io.settlegate.loadtest.gateway.SampleGateway;
import io.settlegate.loadtest.population.Population;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Load on a gateway of one's own: founds it, starts it once for each round of each level, and at the end compares what the
 * terminals were told with the journal.
 *
 * <p>For one thread, which blocks.
 */
final class OwnGatewayLoad {
    private static final int MAX_RECEIPTS = 2_000;

    private final SampleGateway sample;
    private final String signature;
    private final LoadShape shape;
    private final Screen screen;

    /** @param signature the path that verifies signatures, as {@code serve} names it. */
    OwnGatewayLoad(final SampleGateway sample, final String signature, final LoadShape shape, final Screen screen) {
        this.sample = sample;
        this.signature = signature;
        this.shape = shape;
        this.screen = screen;
    }

    void found(final Population population) throws IOException, GatewayException {
        sample.writeCity(population);
        screen.step(
                "city",
                Numbers.count(population.size().personCount()) + " persons, "
                        + Numbers.count(population.size().institutionCount()) + " institutions, "
                        + Numbers.count(population.size().terminalCount()) + " terminals; seed " + population.seed());
        screen.progress("import", "founding the journal, importing the city");
        sample.found();
        screen.step("import", "journal founded, city imported");
    }

    /** Every level once in each round; every other round backwards, so that no level always comes after the same one. */
    List<LevelResult> run(final LoadDriver driver, final List<String> levels, final int roundCount)
            throws GatewayException {
        final Map<String, List<PhaseResult>> byLevel = new LinkedHashMap<>();
        levels.forEach(level -> byLevel.put(level, new ArrayList<>()));
        final List<String> order = new ArrayList<>(levels);
        for (int round = 1; round <= roundCount; round++) {
            for (final String level : order) {
                final List<PhaseResult> phases = runOnce(driver, level);
                byLevel.get(level).addAll(phases);
                if (levels.size() > 1 || roundCount > 1) {
                    screen.step(
                            "round " + round,
                            level + ": " + Numbers.rate(phases.get(0).achievedPerSecond()) + " answers/s, p99 "
                                    + Numbers.latency(phases.get(0).latencyNs(), 99));
                }
            }
            Collections.reverse(order);
        }
        return byLevel.entrySet().stream()
                .map(entry -> new LevelResult(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<PhaseResult> runOnce(final LoadDriver driver, final String level) throws GatewayException {
        try (GatewayProcess gateway = sample.start(level, signature)) {
            screen.step("start", "gateway ready, level " + level + ", pid " + gateway.pid());
            // Not before the start, which may take longer than a read is fresh.
            driver.sign(shape.phase());
            screen.step("sign", Numbers.count(shape.phase().requestCount()) + " requests signed beforehand");
            final List<PhaseResult> phases =
                    new LoadRun(shape, screen).run(driver, gateway.address(), OptionalLong.of(gateway.pid()));
            requireLevel(level, phases.get(0));
            gateway.terminate();
            return phases;
        }
    }

    /** The table must not say of one level what was measured at another. */
    private static void requireLevel(final String level, final PhaseResult phase) throws GatewayException {
        if (!phase.durability().equals(level)) {
            throw new GatewayException(
                    "the gateway was started at level " + level + " and says it is at " + phase.durability());
        }
    }

    LoadProof prove(final LoadDriver driver) throws IOException, GatewayException {
        screen.progress("books", "replaying the journal");
        final LoadProof proof = LoadProof.of(
                driver.totals(),
                driver.cancelCount(),
                sample.commands().replay(),
                ReceiptSample.check(driver.samples(), sample.publicKey(), MAX_RECEIPTS));
        screen.step("books", "what the terminals were told compared with a replay of the journal");
        return proof;
    }
}
