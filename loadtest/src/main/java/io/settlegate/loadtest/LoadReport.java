package io.settlegate.loadtest;

import io.settlegate.loadtest.driver.load.LoadPlan;
import io.settlegate.loadtest.driver.load.PhaseResult;
import io.settlegate.loadtest.driver.load.RequestKind;
import io.settlegate.protocol.ResultCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One phase's result, as a person reads it. */
record LoadReport(LoadPlan plan, PhaseResult result) {
    private static final double BYTES_PER_MB = 1e6;

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "  %s, %d connections x %d in flight, mix %s, %s lines a bill, durability %s, %.1f s measured after %d s",
                loop(),
                plan.connectionCount(),
                result.windowCount(),
                plan.mix(),
                lineText(),
                result.durability(),
                seconds(result.elapsed()),
                result.phase().warmupSeconds()));
        lines.add("");
        lines.add(row(
                "answers/s",
                Numbers.rate(result.achievedPerSecond()),
                Numbers.count(result.inTimeCount()) + " answers; " + kinds()));
        addLatencies(lines);
        lines.add(row(
                "bytes out",
                megabytes(result.writtenBytes()) + " MB/s",
                "in " + megabytes(result.readBytes()) + " MB/s"));
        lines.add(row("gateway CPU", cores(result.gatewayTime()), perRequest(result.gatewayTime())));
        lines.add(row("generator CPU", cores(result.generatorTime()), perRequest(result.generatorTime())));
        lines.add(row("BUSY, sent again", Numbers.count(result.busyCount()), ""));
        for (final Map.Entry<Integer, Long> entry : result.countByCode().entrySet()) {
            if (entry.getKey() != 0) {
                lines.add(row(
                        "code " + entry.getKey(),
                        Numbers.count(entry.getValue()),
                        ResultCode.of(entry.getKey()).name()));
            }
        }
        addWarnings(lines);
        lines.add("");
        return lines;
    }

    private String loop() {
        return result.phase().isOpen()
                ? String.format(
                        Locale.ROOT, "open loop at %,.0f/s", result.phase().ratePerSecond())
                : "closed loop";
    }

    private void addLatencies(final List<String> lines) {
        final String from = result.phase().isOpen() ? "from the planned time" : "from sending";
        lines.add(row("latency p50", latency(50), "p90 " + latency(90) + ", p99 " + latency(99) + "  (" + from + ")"));
        lines.add(row("latency p99.9", latency(99.9), "p99.99 " + latency(99.99) + ", max " + latency(100)));
        if (result.phase().isOpen()) {
            lines.add(row(
                    "service p50",
                    Numbers.latency(result.serviceNs(), 50),
                    "p99 " + Numbers.latency(result.serviceNs(), 99) + ", max "
                            + Numbers.latency(result.serviceNs(), 100) + "  (from sending)"));
            lines.add(row(
                    "generator lag p50",
                    Numbers.latency(result.lagNs(), 50),
                    "p99 " + Numbers.latency(result.lagNs(), 99) + ", max " + Numbers.latency(result.lagNs(), 100)
                            + "  (is in the latencies)"));
        }
    }

    private void addWarnings(final List<String> lines) {
        if (result.isExhausted()) {
            lines.add("");
            lines.add("  The signed requests ran out before the time did: give more with --requests.");
        }
        if (result.unfinishedCount() > 0) {
            lines.add("");
            lines.add(
                    "  " + Numbers.count(result.unfinishedCount())
                            + " requests were still waiting to be sent at the end. Their waiting so far is among the latencies,");
            lines.add("  which are therefore too low: the gateway does not carry this rate.");
        }
        if (result.isGeneratorLate()) {
            lines.add("");
            lines.add(
                    "  The generator itself was late (see its lag): a part of these latencies is its own. Give it more");
            lines.add("  of the machine, or do not quote them.");
        }
        if (result.repeatCount() > 0) {
            lines.add("");
            lines.add("  " + Numbers.count(result.repeatCount())
                    + " answers called themselves repeats, though each msgid was new: has the same city been loaded"
                    + " in this very minute?");
        }
    }

    private String kinds() {
        return result.countByKind().entrySet().stream()
                .map(entry -> entry.getKey().infno() + ": " + Numbers.count(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String lineText() {
        return plan.lines().min() == plan.lines().max()
                ? String.valueOf(plan.lines().min())
                : plan.lines().min() + " to " + plan.lines().max();
    }

    private String latency(final double percentile) {
        return Numbers.latency(result.latencyNs(), percentile);
    }

    private String megabytes(final long bytes) {
        return String.format(Locale.ROOT, "%.1f", result.perSecond(bytes) / BYTES_PER_MB);
    }

    private String cores(final Optional<Duration> time) {
        return time.map(used -> String.format(Locale.ROOT, "%.2f cores", seconds(used) / seconds(result.elapsed())))
                .orElse("unknown");
    }

    private String perRequest(final Optional<Duration> time) {
        if (time.isEmpty() || result.inTimeCount() == 0) {
            return "";
        }
        final boolean settlementsOnly = result.countByKind().keySet().equals(java.util.Set.of(RequestKind.SETTLE));
        return String.format(
                Locale.ROOT,
                "%.0f us a %s",
                time.get().toNanos() / 1e3 / result.inTimeCount(),
                settlementsOnly ? "settlement" : "request");
    }

    private static double seconds(final Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String row(final String label, final String value, final String more) {
        return String.format(Locale.ROOT, "  %-18s %14s   %s", label, value, more)
                .stripTrailing();
    }
}
