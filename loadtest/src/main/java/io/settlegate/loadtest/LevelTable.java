package io.settlegate.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/** Durability levels side by side: the median rate of the rounds, the latencies of all of them, processor time per request. */
final class LevelTable {
    private LevelTable() {}

    static List<String> lines(final List<LevelResult> levels) {
        final List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                "  Rate: median of the rounds (lowest to highest). Latency in ms, of all rounds. CPU in us per request.");
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "  %-8s %9s  %-15s %8s %8s %8s %8s %8s %8s %10s",
                "level",
                "answers/s",
                "(rounds)",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "max",
                "gateway",
                "generator"));
        levels.forEach(level -> lines.add(row(level)));
        lines.add("");
        return lines;
    }

    private static String row(final LevelResult level) {
        final Histogram latencyNs = level.latencyNs();
        return String.format(
                        Locale.ROOT,
                        "  %-8s %,9.0f  %-15s %8s %8s %8s %8s %8s %8s %10s  %s",
                        level.level(),
                        level.medianPerSecond(),
                        String.format(Locale.ROOT, "(%,.0f to %,.0f)", level.minPerSecond(), level.maxPerSecond()),
                        ms(latencyNs, 50),
                        ms(latencyNs, 90),
                        ms(latencyNs, 99),
                        ms(latencyNs, 99.9),
                        ms(latencyNs, 100),
                        us(level.gatewayUs()),
                        us(level.generatorUs()),
                        level.isGeneratorLate() ? "late" : "")
                .stripTrailing();
    }

    private static String ms(final Histogram histogram, final double percentile) {
        return String.format(Locale.ROOT, "%,.2f", Numbers.milliseconds(histogram, percentile));
    }

    private static String us(final OptionalDouble time) {
        return time.isEmpty() ? "unknown" : String.format(Locale.ROOT, "%,.0f", time.getAsDouble());
    }
}
