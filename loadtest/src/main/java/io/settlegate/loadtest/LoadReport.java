package io.settlegate.loadtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.driver.LoadPlan;
import io.settlegate.loadtest.driver.LoadResult;
import io.settlegate.protocol.ResultCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A load run's result, as a table and as JSON. */
record LoadReport(LoadPlan plan, LoadResult result, Optional<ReceiptSample> receipts) {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};
    private static final double BYTES_PER_MB = 1e6;

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "  %d connections x %d in flight, %s lines a bill, durability %s, %.1f s measured after %d s",
                plan.connectionCount(),
                result.windowCount(),
                lineText(),
                result.durability(),
                seconds(result.elapsed()),
                plan.warmupSeconds()));
        lines.add("");
        lines.add(row(
                "settlements/s",
                Numbers.rate(result.perSecond(result.settledCount())),
                Numbers.count(result.settledCount()) + " settled"));
        lines.add(row("latency p50", latency(50), "p90 " + latency(90) + ", p99 " + latency(99)));
        lines.add(row("latency p99.9", latency(99.9), "p99.99 " + latency(99.99) + ", max " + latency(100)));
        lines.add(row(
                "bytes out",
                megabytes(result.writtenBytes()) + " MB/s",
                "in " + megabytes(result.readBytes()) + " MB/s"));
        lines.add(row("gateway CPU", cores(result.gatewayTime()), perSettlement(result.gatewayTime())));
        lines.add(row("generator CPU", cores(result.generatorTime()), perSettlement(result.generatorTime())));
        lines.add(row("busy, sent again", Numbers.count(result.busyCount()), ""));
        for (final Map.Entry<Integer, Long> entry : result.countByCode().entrySet()) {
            if (entry.getKey() != 0) {
                lines.add(row(
                        "code " + entry.getKey(),
                        Numbers.count(entry.getValue()),
                        ResultCode.of(entry.getKey()).name()));
            }
        }
        receipts.ifPresent(sample -> lines.add(row(
                "receipts valid",
                Numbers.count(sample.validCount()),
                "of " + Numbers.count(sample.checkedCount()) + " checked offline"
                        + sample.firstFault()
                                .map(fault -> "; first fault: " + fault)
                                .orElse(""))));
        if (result.isExhausted()) {
            lines.add("");
            lines.add("  The signed requests ran out before the time did: give more with --requests.");
        }
        lines.add("");
        return lines;
    }

    String json() {
        final ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("connections", plan.connectionCount());
        json.put("inFlight", result.windowCount());
        json.put("lines", lineText());
        json.put("durability", result.durability());
        json.put("warmupSeconds", plan.warmupSeconds());
        json.put("seconds", seconds(result.elapsed()));
        json.put("settled", result.settledCount());
        json.put("settlementsPerSecond", result.perSecond(result.settledCount()));
        json.put("busy", result.busyCount());
        json.put("bytesOutPerSecond", result.perSecond(result.writtenBytes()));
        json.put("bytesInPerSecond", result.perSecond(result.readBytes()));
        final ObjectNode latencies = json.putObject("latencyMs");
        for (final double percentile : PERCENTILES) {
            latencies.put(
                    "p" + (percentile % 1 == 0 ? String.valueOf((int) percentile) : String.valueOf(percentile)),
                    Numbers.milliseconds(result.latencyNs(), percentile));
        }
        final ObjectNode codes = json.putObject("codes");
        result.countByCode()
                .forEach((code, count) -> codes.put(ResultCode.of(code).name(), count));
        result.gatewayTime().ifPresent(time -> json.put("gatewayCores", seconds(time) / seconds(result.elapsed())));
        result.generatorTime().ifPresent(time -> json.put("generatorCores", seconds(time) / seconds(result.elapsed())));
        receipts.ifPresent(
                sample -> json.put("receiptsChecked", sample.checkedCount()).put("receiptsValid", sample.validCount()));
        json.put("exhausted", result.isExhausted());
        return json.toPrettyString();
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

    private String perSettlement(final Optional<Duration> time) {
        if (time.isEmpty() || result.settledCount() == 0) {
            return "";
        }
        return String.format(Locale.ROOT, "%.0f us a settlement", time.get().toNanos() / 1e3 / result.settledCount());
    }

    private static double seconds(final Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String row(final String label, final String value, final String more) {
        return String.format(Locale.ROOT, "  %-18s %14s   %s", label, value, more)
                .stripTrailing();
    }
}
