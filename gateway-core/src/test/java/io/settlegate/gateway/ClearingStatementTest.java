package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.settlegate.gateway.BusyCity.Result;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements against a book kept beside, over days with cancels and reversals of the same day and of earlier ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ClearingStatementTest {
    private static final int DAYS = 3;

    @TempDir
    private Path directory;

    private final long seed = System.nanoTime();
    private final List<LocalDate> days = new ArrayList<>();
    private ClearingTown town;
    private int outCount;

    @BeforeAll
    void live(@TempDir final Path temporary) throws IOException {
        System.out.println("seed " + seed);
        town = new ClearingTown(temporary, seed);
        for (int i = 0; i < DAYS; i++) {
            days.add(town.today());
            if (i == 1) {
                town.stay(2);
            }
            town.work(120);
            town.nextDay();
        }
    }

    @AfterAll
    void stop() {
        town.close();
    }

    private Path newOut() {
        outCount++;
        return directory.resolve("statement-" + outCount);
    }

    private JsonNode statement(final Path out, final String... options) throws IOException {
        final List<String> line = new ArrayList<>(List.of(
                "clearing",
                "statement",
                "--data",
                town.city.data().toString(),
                "--office",
                SmallCity.COUNTY,
                "--json"));
        line.addAll(List.of("--out", out.toString()));
        line.addAll(List.of(options));
        return new ObjectMapper().readTree(SmallCity.run(line.toArray(String[]::new)));
    }

    private static List<Map<String, String>> csv(final Path file) throws IOException {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(file.toFile())) {
            return rows.readAll();
        }
    }

    /** Rows of the book added up by what identifies a row of totals.csv. */
    private Map<String, Map<String, BigDecimal>> expected(final List<LocalDate> of) {
        final Map<String, Map<String, BigDecimal>> sums = new TreeMap<>();
        for (final ClearingTown.Booked row : town.book) {
            if (of.contains(row.day())) {
                final Map<String, BigDecimal> sum = sums.computeIfAbsent(
                        row.day() + " " + row.institution() + " " + row.insutype() + " " + row.clrType(),
                        key -> new TreeMap<>());
                sum.merge(row.sign() > 0 ? "settlements" : "refunds", BigDecimal.ONE, BigDecimal::add);
                row.amounts().forEach((name, fen) -> sum.merge(name, BigDecimal.valueOf(fen, 2), BigDecimal::add));
            }
        }
        return sums;
    }

    @Test
    void shouldAddUpWhatTheAnswersSaid() throws IOException {
        for (final LocalDate day : days) {
            final Path out = newOut();
            final JsonNode document = statement(out, "--day", day.toString(), "--check");
            assertThat(document.at("/checks/engine").asText()).isEqualTo("equal");
            assertThat(document.at("/checks/lawA").asBoolean()).isTrue();
            assertThat(document.get("closed").asBoolean()).isFalse();
            compare(csv(out.resolve("totals.csv")), expected(List.of(day)));
        }
    }

    @Test
    void shouldMakeNoPageOfWhatIsNotRegisteredOrHasNotBegun() {
        final String day = days.get(0).toString();
        refuse(Settlegate.FAILED, "no region of this admdvs is registered", "--office", "999999", "--day", day);
        refuse(
                Settlegate.FAILED,
                "no institution of this fixmedins_code is registered",
                "--office",
                SmallCity.COUNTY,
                "--day",
                day,
                "--institution",
                "H99999999999");
        refuse(2, "--day 2999-01-01 is in the future", "--office", SmallCity.COUNTY, "--day", "2999-01-01");
        refuse(2, "--month 2999-01 is in the future", "--office", SmallCity.COUNTY, "--month", "2999-01");
        refuse(2, "yyyy-MM-dd", "--office", SmallCity.COUNTY, "--day", "2026-11-31");
    }

    private void refuse(final int exitCode, final String why, final String... options) {
        final Path out = newOut();
        final List<String> line = new ArrayList<>(
                List.of("clearing", "statement", "--data", town.city.data().toString(), "--out", out.toString()));
        line.addAll(List.of(options));
        final Result result = BusyCity.run(line.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        assertThat(result.err()).contains(why).doesNotContain("java.");
        assertThat(out).doesNotExist();
    }

    @Test
    void shouldAddUpAMonth() throws IOException {
        final String month = days.get(0).toString().substring(0, 7);
        final List<LocalDate> of =
                days.stream().filter(day -> day.toString().startsWith(month)).toList();
        final Path out = newOut();
        final JsonNode document = statement(out, "--month", month, "--check");
        assertThat(document.at("/checks/engine").asText()).isEqualTo("equal");
        compare(csv(out.resolve("totals.csv")), expected(of));
        BigDecimal medfee = BigDecimal.ZERO;
        long count = 0;
        for (final JsonNode institution : document.get("institutions")) {
            for (final JsonNode application : institution.get("applications")) {
                medfee = medfee.add(
                        new BigDecimal(application.get("medfee_sumamt").asText()));
                count += application.get("psntime").asLong();
                assertThat(application.get("setlym").asText()).isEqualTo(month.replace("-", ""));
                assertThat(application.properties().stream().map(Map.Entry::getKey))
                        .containsExactly(
                                "clr_type",
                                "clr_way",
                                "setlym",
                                "psntime",
                                "medfee_sumamt",
                                "med_sumfee",
                                "fund_appy_sum",
                                "cash_payamt",
                                "acct_pay",
                                "begndate",
                                "enddate");
            }
        }
        final List<ClearingTown.Booked> rows =
                town.book.stream().filter(row -> of.contains(row.day())).toList();
        assertThat(medfee)
                .isEqualByComparingTo(BigDecimal.valueOf(
                        rows.stream()
                                .mapToLong(row -> row.amounts().get("medfee_sumamt"))
                                .sum(),
                        2));
        assertThat(count)
                .isEqualTo(rows.stream().mapToInt(ClearingTown.Booked::sign).sum());
    }

    private static void compare(
            final List<Map<String, String>> rows, final Map<String, Map<String, BigDecimal>> expected) {
        assertThat(rows).hasSameSizeAs(expected.keySet());
        for (final Map<String, String> row : rows) {
            final String key = row.get("day") + " " + row.get("fixmedins_code") + " " + row.get("insutype") + " "
                    + row.get("clr_type");
            assertThat(expected).containsKey(key);
            expected.get(key).forEach((name, sum) -> assertThat(new BigDecimal(row.get(name)))
                    .as(key + " " + name)
                    .isEqualByComparingTo(sum));
        }
    }

    @Test
    void shouldSayWhichFundPaid() throws IOException {
        final Path out = newOut();
        statement(out, "--day", days.get(1).toString());
        final Map<String, BigDecimal> found = new TreeMap<>();
        for (final Map<String, String> row : csv(out.resolve("funds.csv"))) {
            found.merge(row.get("fund"), new BigDecimal(row.get("fund_payamt")), BigDecimal::add);
            assertThat(row.get("fund_pay_type")).hasSize(6);
        }
        final Map<String, BigDecimal> expected = new TreeMap<>();
        for (final ClearingTown.Booked row : town.book) {
            if (row.day().equals(days.get(1))) {
                for (final String fund : List.of(
                        "hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay")) {
                    expected.merge(fund, BigDecimal.valueOf(row.amounts().get(fund), 2), BigDecimal::add);
                }
            }
        }
        expected.values().removeIf(sum -> sum.signum() == 0);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void shouldMakePagesThatEscapeAndLoadNothing() throws IOException {
        final Path out = newOut();
        statement(out, "--day", days.get(1).toString());
        final String page = Files.readString(out.resolve("institution-" + SmallCity.HOSPITAL + ".html"));
        assertThat(page)
                .contains("人民&lt;医院&gt; &amp; &quot;一&quot;")
                .doesNotContain(ClearingTown.HOSPITAL_NAME)
                .contains("医保基金清算对账单")
                .contains("PROVISIONAL")
                .contains("medfee_sumamt")
                .doesNotContain("<script")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("{{");
        final String index = Files.readString(out.resolve("index.html"));
        assertThat(index)
                .contains("href=\"institution-" + SmallCity.HOSPITAL + ".html\"")
                .contains("href=\"institution-" + SmallCity.PHARMACY + ".html\"");
    }

    @Test
    void shouldTakeOneInstitutionOnly() throws IOException {
        final Path out = newOut();
        final JsonNode document = statement(out, "--day", days.get(0).toString(), "--institution", SmallCity.PHARMACY);
        assertThat(document.get("institutions")).hasSize(1);
        assertThat(csv(out.resolve("totals.csv")))
                .allSatisfy(row -> assertThat(row.get("fixmedins_code")).isEqualTo(SmallCity.PHARMACY));
    }

    @Test
    void shouldNotWriteOverAnotherReport() throws IOException {
        final Path out = newOut();
        statement(out, "--day", days.get(0).toString());
        final Result again = BusyCity.run(
                "clearing",
                "statement",
                "--data",
                town.city.data().toString(),
                "--office",
                SmallCity.COUNTY,
                "--day",
                days.get(1).toString(),
                "--out",
                out.toString());
        assertThat(again.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(again.err()).contains("is not empty");
    }
}
