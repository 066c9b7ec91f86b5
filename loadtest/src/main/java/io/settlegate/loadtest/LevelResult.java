package io.settlegate.loadtest;

import io.settlegate.loadtest.driver.load.PhaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * All rounds of one durability level.
 *
 * @param level as it was asked for.
 */
record LevelResult(String level, List<PhaseResult> rounds) {
    private static final double NS_PER_US = 1e3;

    LevelResult {
        rounds = List.copyOf(rounds);
    }

    /** The median of the rounds' rates; the lower of the two in the middle where their number is even. */
    double medianPerSecond() {
        final List<Double> rates = new ArrayList<>(
                rounds.stream().map(PhaseResult::achievedPerSecond).sorted().toList());
        return rates.get((rates.size() - 1) / 2);
    }

    double minPerSecond() {
        return rounds.stream().mapToDouble(PhaseResult::achievedPerSecond).min().orElse(0);
    }

    double maxPerSecond() {
        return rounds.stream().mapToDouble(PhaseResult::achievedPerSecond).max().orElse(0);
    }

    /** The latencies of all rounds together. */
    Histogram latencyNs() {
        final Histogram all = rounds.get(0).latencyNs().copy();
        rounds.stream().skip(1).forEach(round -> all.add(round.latencyNs()));
        return all;
    }

    /** Processor time of the gateway for each answer, in microseconds. */
    OptionalDouble gatewayUs() {
        return perAnswerUs(PhaseResult::gatewayTime);
    }

    /** Processor time of the generator for each answer, in microseconds. */
    OptionalDouble generatorUs() {
        return perAnswerUs(PhaseResult::generatorTime);
    }

    boolean isGeneratorLate() {
        return rounds.stream().anyMatch(PhaseResult::isGeneratorLate);
    }

    private OptionalDouble perAnswerUs(final Function<PhaseResult, Optional<Duration>> timeOf) {
        long timeNs = 0;
        long count = 0;
        for (final PhaseResult round : rounds) {
            final Optional<Duration> time = timeOf.apply(round);
            if (time.isEmpty()) {
                return OptionalDouble.empty();
            }
            timeNs += time.get().toNanos();
            count += round.inTimeCount();
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(timeNs / NS_PER_US / count);
    }
}
