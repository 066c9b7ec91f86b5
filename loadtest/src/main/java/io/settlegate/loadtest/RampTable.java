package io.settlegate.loadtest;

import io.settlegate.loadtest.driver.load.PhaseResult;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The steps of a ramp as lines of a table, each printed when its step is over. */
final class RampTable {
    private static final String MARK = "late";

    private RampTable() {}

    static List<String> header() {
        return List.of(
                "",
                "  Latency in ms, from the planned time of sending to the answer; service: from sending; lag: the generator's own.",
                "",
                String.format(
                        Locale.ROOT,
                        "  %9s %9s %8s %8s %8s %8s %8s %9s %8s %8s %8s %6s",
                        "planned/s",
                        "answers/s",
                        "p50",
                        "p90",
                        "p99",
                        "p99.9",
                        "max",
                        "serv. p99",
                        "lag p99",
                        "BUSY",
                        "refused",
                        "unsent"));
    }

    static String row(final PhaseResult step) {
        return String.format(
                        Locale.ROOT,
                        "  %,9.0f %,9.0f %8s %8s %8s %8s %8s %9s %8s %,8d %,8d %,6d  %s",
                        step.phase().ratePerSecond(),
                        step.achievedPerSecond(),
                        ms(step.latencyNs(), 50),
                        ms(step.latencyNs(), 90),
                        ms(step.latencyNs(), 99),
                        ms(step.latencyNs(), 99.9),
                        ms(step.latencyNs(), 100),
                        ms(step.serviceNs(), 99),
                        ms(step.lagNs(), 99),
                        step.busyCount(),
                        step.refusedCount(),
                        step.unfinishedCount(),
                        step.isGeneratorLate() ? MARK : "")
                .stripTrailing();
    }

    private static String ms(final Histogram histogram, final double percentile) {
        return String.format(Locale.ROOT, "%,.2f", Numbers.milliseconds(histogram, percentile));
    }
}
