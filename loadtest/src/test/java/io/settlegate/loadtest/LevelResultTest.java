package io.settlegate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.loadtest.driver.load.LoadPlan;
import io.settlegate.loadtest.driver.load.RequestMix;
import io.settlegate.loadtest.population.LineCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelResultTest {
    private static final LevelResult LEVEL = new LevelResult(
            "batch", List.of(Results.closed(3_000, 10), Results.closed(1_000, 40), Results.closed(2_000, 20)));

    @Test
    void shouldTakeTheMedianOfTheRatesAndAllOfTheLatencies() {
        assertThat(LEVEL.medianPerSecond()).isEqualTo(2_000);
        assertThat(LEVEL.minPerSecond()).isEqualTo(1_000);
        assertThat(LEVEL.maxPerSecond()).isEqualTo(3_000);
        assertThat(LEVEL.latencyNs().getTotalCount()).isEqualTo(60_000);
        assertThat(Numbers.milliseconds(LEVEL.latencyNs(), 50)).isBetween(9.9, 10.1);
        assertThat(Numbers.milliseconds(LEVEL.latencyNs(), 100)).isBetween(39.9, 40.1);
    }

    @Test
    void shouldDivideProcessorTimeByAnswers() {
        assertThat(LEVEL.gatewayUs().orElseThrow()).isEqualTo(100);
        assertThat(LEVEL.generatorUs().orElseThrow()).isEqualTo(50);
    }

    @Test
    void shouldMarkAGeneratorWhoseLagIsAPartOfWhatItMeasured() {
        assertThat(Results.open(1_000, 1_000, 100, 1).isGeneratorLate()).isFalse();
        assertThat(Results.open(1_000, 1_000, 100, 9).isGeneratorLate()).isFalse();
        assertThat(Results.open(1_000, 1_000, 100, 11).isGeneratorLate()).isTrue();
        assertThat(RampTable.row(Results.open(1_000, 1_000, 100, 11))).endsWith("late");
    }

    @Test
    void shouldWriteEveryFigureAsJson(@TempDir final Path directory) throws Exception {
        final LoadPlan plan = new LoadPlan(8, 4, LineCount.exactly(3), RequestMix.SETTLEMENTS, 1);
        final Path file = directory.resolve("load.json");
        new LoadJson(plan).levels(List.of(LEVEL)).proof(Optional.empty()).write(file);
        assertThat(Files.readString(file))
                .contains("\"level\" : \"batch\"")
                .contains("\"medianPerSecond\" : 2000.0")
                .contains("\"p99.9\"")
                .contains("\"gatewayUsPerRequest\" : 100.0")
                .contains("\"generatorUsPerRequest\" : 50.0");
    }
}
