package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A closed period's statement is the same paper for ever; an open one says that it is none yet. */
@Timeout(180)
class ClosedStatementTest {
    @TempDir
    private Path directory;

    private ClearingTown town;
    private LocalDate first;
    private int outCount;

    @BeforeEach
    void live() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        town = new ClearingTown(directory, seed);
        first = town.today();
        town.work(60);
        town.nextDay();
        town.work(60);
        town.nextDay();
    }

    @AfterEach
    void stop() {
        town.close();
    }

    private Map<String, String> statement(final LocalDate day, final String... more) throws IOException {
        outCount++;
        final Path out = directory.resolve("out-" + outCount);
        SmallCity.run(Stream.concat(
                        Stream.of(
                                "clearing",
                                "statement",
                                "--data",
                                town.city.data().toString(),
                                "--office",
                                SmallCity.COUNTY,
                                "--day",
                                day.toString(),
                                "--out",
                                out.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
        final Map<String, String> files = new TreeMap<>();
        try (Stream<Path> inside = Files.list(out)) {
            for (final Path file : inside.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static JsonNode document(final Map<String, String> files) throws IOException {
        return new ObjectMapper().readTree(files.get("statement.json"));
    }

    @Test
    void shouldNotChangeByWhatIsUndoneLater() throws IOException {
        final long closing = town.close(first.plusDays(1), false);
        final Map<String, String> closed = statement(first.plusDays(1), "--check");
        assertThat(document(closed).at("/closing/sequence").asLong()).isEqualTo(closing);
        assertThat(closed.get("index.html")).contains("已关闭").doesNotContain("PROVISIONAL");
        for (int i = 0; i < 20; i++) {
            town.undo(true);
        }
        town.work(20, ClearingTown.Undoing.BY_REVERSAL);
        town.nextDay();
        town.close(first.plusDays(2), false);
        assertThat(statement(first.plusDays(1), "--check")).isEqualTo(closed);
        assertThat(document(statement(first.plusDays(2), "--check"))
                        .at("/totals/refunds")
                        .asInt())
                .as("on their own day")
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void shouldNameTheActThatClosedItLast() throws IOException {
        final long once = town.close(first, false);
        final long further = town.close(first.plusDays(1), false);
        assertThat(document(statement(first)).at("/closing/sequence").asLong()).isEqualTo(once);
        assertThat(document(statement(first.plusDays(1)))
                        .at("/closing/sequence")
                        .asLong())
                .isEqualTo(further);
        town.close(first.minusDays(1), true);
        final Map<String, String> open = statement(first);
        assertThat(document(open).get("closed").asBoolean()).isFalse();
        assertThat(open.get("index.html")).contains("未关闭 PROVISIONAL").contains("截至记录");
        final long again = town.close(first, false);
        assertThat(document(statement(first)).at("/closing/sequence").asLong()).isEqualTo(again);
        assertThat(document(statement(first.plusDays(1))).get("closed").asBoolean())
                .isFalse();

        final JsonNode periods = new ObjectMapper()
                .readTree(SmallCity.run(
                        "clearing", "periods", "--data", town.city.data().toString(), "--json"));
        assertThat(periods.at("/offices/0/closedThrough").asText()).isEqualTo(first.toString());
        assertThat(periods.get("acts")).hasSize(4);
        assertThat(periods.at("/acts/2/kind").asText()).isEqualTo("REOPENED");
        assertThat(periods.at("/acts/0/operatorKeyId").asText()).matches("[0-9a-f]{16}");
        assertThat(SmallCity.run(
                        "clearing", "periods", "--data", town.city.data().toString()))
                .contains("closed through " + first)
                .contains("month end");
    }

    @Test
    void shouldSayThatNothingIsClosed() {
        assertThat(SmallCity.run(
                        "clearing", "periods", "--data", town.city.data().toString()))
                .contains("no period is closed");
    }
}
