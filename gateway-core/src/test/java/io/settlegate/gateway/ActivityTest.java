package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.BusyCity.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Activity reports against a book kept beside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ActivityTest {
    @TempDir
    private Path directory;

    private final long seed = System.nanoTime();
    private final List<LocalDate> days = new ArrayList<>();
    private ClearingTown town;

    @BeforeAll
    void live(@TempDir final Path temporary) throws IOException {
        System.out.println("seed " + seed);
        town = new ClearingTown(temporary, seed);
        for (int i = 0; i < 3; i++) {
            days.add(town.today());
            town.work(80);
            town.nextDay();
        }
    }

    @AfterAll
    void stop() {
        town.close();
    }

    private Result activity(final String... options) {
        return BusyCity.run(
                Stream.concat(Stream.of("activity", "--data", town.city.data().toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private JsonNode told(final String... options) throws IOException {
        final Result result =
                activity(Stream.concat(Stream.of(options), Stream.of("--json")).toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    private long count(final String institution, final LocalDate day, final String credential) {
        return town.book.stream()
                .filter(row -> row.sign() > 0
                        && row.day().equals(day)
                        && row.institution().equals(institution)
                        && row.credential().equals(credential))
                .count();
    }

    @Test
    void shouldCountSettlementsByCredentialAlsoThoseUndoneLater() throws IOException {
        final JsonNode report =
                told("--from", days.get(0).toString(), "--to", days.get(1).toString(), "--by", "day");
        assertThat(report.get("institutions")).hasSize(4);
        long sum = 0;
        for (final JsonNode row : report.get("institutions")) {
            final String institution = row.get("fixmedins_code").asText();
            final LocalDate day = LocalDate.parse(row.get("period").asText());
            assertThat(row.get("by_01").asLong()).isEqualTo(count(institution, day, "01"));
            assertThat(row.get("by_02").asLong()).isEqualTo(count(institution, day, "02"));
            sum += row.get("settlements").asLong();
        }
        assertThat(report.at("/whole/settlements").asLong()).isEqualTo(sum);
        assertThat(report.get("regions")).hasSize(2);
    }

    @Test
    void shouldHoldRatesAgainstTheTargetsOfTheRegion() throws IOException {
        final JsonNode report =
                told("--from", days.get(0).toString(), "--to", days.get(2).toString(), "--by", "day");
        final JsonNode region = report.at("/activation/0");
        assertThat(region.get("insured").asLong()).isEqualTo(SmallCity.PERSONS);
        assertThat(region.get("activated").asLong()).isEqualTo(ClearingTown.VOUCHERS);
        assertThat(region.get("activationRate").asText()).as("15 of 40").isEqualTo("37.50");
        assertThat(region.get("target").asText()).as("Jiangsu").isEqualTo("90");
        assertThat(region.get("result").asText()).isEqualTo("missed");
        assertThat(report.at("/regions/0/target").asText()).isEqualTo("50");
        assertThat(report.get("targets"))
                .allSatisfy(target -> assertThat(target.get("source").asText()).isNotBlank());
    }

    @Test
    void shouldTakeTargetsOfItsOwn() throws IOException {
        final Path targets = directory.resolve("targets.yaml");
        Files.writeString(
                targets,
                """
                targets:
                  - {measure: activation, region: "320300", percent: 90, source: "the city's plan"}
                  - {measure: activation, region: "320302", percent: 37.5, source: "the county's plan"}
                """);
        final JsonNode report =
                told("--from", days.get(0).toString(), "--to", days.get(0).toString(), "--targets", targets.toString());
        assertThat(report.at("/activation/0/target").asText()).as("the closest").isEqualTo("37.5");
        assertThat(report.at("/activation/0/result").asText())
                .as("exactly so many")
                .isEqualTo("reached");
        assertThat(report.at("/regions/0/target").isMissingNode()).isTrue();
    }

    @Test
    void shouldSayWhatIsWrongWithTargets() throws IOException {
        final Path targets = directory.resolve("wrong.yaml");
        for (final String[] wrong : new String[][] {
            {"targets: [{measure: joy, region: \"320300\", percent: 5, source: me}]", "activation or use"},
            {"targets: [{measure: use, region: \"3203\", percent: 5, source: me}]", "six digits"},
            {"targets: [{measure: use, region: \"320300\", percent: 101, source: me}]", "at most 100"},
            {"targets: [{measure: use, region: \"320300\", percent: many, source: me}]", "is a number"},
            {"targets: [{measure: use, region: \"320300\", percent: 5}]", "source"},
            {"targets: [{measure: use, region: \"320300\", percent: 5, source: me, whim: 1}]", "whim"},
            {"targets: {", "no YAML"},
            {"aims: []", "one key, targets"}
        }) {
            Files.writeString(targets, wrong[0]);
            final Result result = activity(
                    "--from", days.get(0).toString(), "--to", days.get(0).toString(), "--targets", targets.toString());
            assertThat(result.exitCode()).as(wrong[0]).isEqualTo(Settlegate.FAILED);
            assertThat(result.err()).contains(wrong[1]).doesNotContain("\tat ");
        }
    }

    @Test
    void shouldWriteAPageAndRows() throws IOException {
        final Path out = directory.resolve("activity");
        final Result result =
                activity("--from", days.get(0).toString(), "--to", days.get(2).toString(), "--out", out.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("37.50")
                .contains("missed")
                .contains("01 is the e-voucher by QR code or face");
        assertThat(Files.readString(out.resolve("index.html")))
                .contains("医保电子凭证应用情况表")
                .contains("<svg")
                .contains("未达标")
                .contains("人民&lt;医院&gt;")
                .doesNotContain("<script")
                .doesNotContain("{{");
        assertThat(Files.readString(out.resolve("use.csv"))).startsWith("period,admdvs,fixmedins_code");
        assertThat(Files.readString(out.resolve("activation.csv"))).contains("320302,County,40,15,37.50,90,missed");
    }

    @Test
    void shouldRefuseWhatIsNoPeriod() {
        assertThat(activity("--from", "2026-02-02", "--to", "2026-01-01").exitCode())
                .isEqualTo(2);
        assertThat(activity("--from", "2001-01-01", "--to", "2001-01-02").err())
                .contains("no record of this journal is as early");
    }
}
