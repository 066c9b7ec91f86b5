package io.settlegate.loadtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.loadtest.driver.load.LoadPlan;
import io.settlegate.loadtest.driver.load.PhaseResult;
import io.settlegate.protocol.ResultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** All figures of a load as JSON: the plan, each phase of each level, the checks. */
final class LoadJson {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};
    private static final double NS_PER_S = 1e9;
    private static final String STANDARD_OUTPUT = "-";

    private final ObjectNode root = new ObjectMapper().createObjectNode();

    LoadJson(final LoadPlan plan) {
        root.put("at", Instant.now().toString());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("generatorJdk", Runtime.version().toString());
        root.put("connections", plan.connectionCount());
        root.put("mix", plan.mix().toString());
        root.put("minLines", plan.lines().min());
        root.put("maxLines", plan.lines().max());
        root.put("seed", plan.seed());
    }

    LoadJson levels(final List<LevelResult> levels) {
        final ArrayNode array = root.putArray("levels");
        for (final LevelResult level : levels) {
            final ObjectNode json = array.addObject();
            json.put("level", level.level());
            json.put("medianPerSecond", level.medianPerSecond());
            putLatencies(json.putObject("latencyMs"), level.latencyNs());
            level.gatewayUs().ifPresent(time -> json.put("gatewayUsPerRequest", time));
            level.generatorUs().ifPresent(time -> json.put("generatorUsPerRequest", time));
            final ArrayNode rounds = json.putArray("phases");
            level.rounds().forEach(round -> putPhase(rounds.addObject(), round));
        }
        return this;
    }

    LoadJson proof(final Optional<LoadProof> proof) {
        proof.ifPresent(present -> {
            root.put("holds", present.holds());
            final ArrayNode checks = root.putArray("checks");
            for (final Check check : present.checks()) {
                checks.addObject()
                        .put("what", check.what())
                        .put("terminals", check.terminals())
                        .put("gateway", check.gateway())
                        .put("holds", check.holds());
            }
        });
        return this;
    }

    /** Writes to a file, or to standard output if it is {@value #STANDARD_OUTPUT}. */
    void write(final Path file) throws IOException {
        if (file.toString().equals(STANDARD_OUTPUT)) {
            System.out.println(root.toPrettyString());
        } else {
            Files.writeString(file, root.toPrettyString() + System.lineSeparator(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public String toString() {
        return root.toPrettyString();
    }

    private static void putPhase(final ObjectNode json, final PhaseResult phase) {
        json.put("loop", phase.phase().isOpen() ? "open" : "closed");
        if (phase.phase().isOpen()) {
            json.put("plannedPerSecond", phase.phase().ratePerSecond());
        }
        json.put("warmupSeconds", phase.phase().warmupSeconds());
        json.put("seconds", phase.elapsed().toNanos() / NS_PER_S);
        json.put("durability", phase.durability());
        json.put("inFlight", phase.windowCount());
        json.put("answers", phase.inTimeCount());
        json.put("answersPerSecond", phase.achievedPerSecond());
        json.put("settled", phase.settledCount());
        json.put("busy", phase.busyCount());
        json.put("refused", phase.refusedCount());
        json.put("repeats", phase.repeatCount());
        json.put("unsent", phase.unfinishedCount());
        json.put("bytesOutPerSecond", phase.perSecond(phase.writtenBytes()));
        json.put("bytesInPerSecond", phase.perSecond(phase.readBytes()));
        putLatencies(json.putObject("latencyMs"), phase.latencyNs());
        putLatencies(json.putObject("serviceMs"), phase.serviceNs());
        if (phase.phase().isOpen()) {
            putLatencies(json.putObject("generatorLagMs"), phase.lagNs());
        }
        json.put("generatorLate", phase.isGeneratorLate());
        final ObjectNode kinds = json.putObject("kinds");
        phase.countByKind().forEach((kind, count) -> kinds.put(kind.infno(), count));
        final ObjectNode codes = json.putObject("codes");
        phase.countByCode()
                .forEach((code, count) -> codes.put(ResultCode.of(code).name(), count));
        phase.gatewayTime().ifPresent(time -> json.put("gatewayCpuSeconds", time.toNanos() / NS_PER_S));
        phase.generatorTime().ifPresent(time -> json.put("generatorCpuSeconds", time.toNanos() / NS_PER_S));
        json.put("exhausted", phase.isExhausted());
    }

    private static void putLatencies(final ObjectNode json, final Histogram latencyNs) {
        for (final double percentile : PERCENTILES) {
            json.put(name(percentile), Numbers.milliseconds(latencyNs, percentile));
        }
    }

    private static String name(final double percentile) {
        if (percentile == 100) {
            return "max";
        }
        return "p" + (percentile % 1 == 0 ? String.valueOf((int) percentile) : String.valueOf(percentile));
    }
}
