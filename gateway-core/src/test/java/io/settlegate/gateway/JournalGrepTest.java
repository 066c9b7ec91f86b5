package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.BusyCity.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What `journal grep` finds in the journal of a running gateway, held against every line of `journal tail`. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class JournalGrepTest {
    private BusyCity busy;
    /** Every record as a line, and whole. */
    private final List<JsonNode> lines = new ArrayList<>();

    private final List<JsonNode> records = new ArrayList<>();

    @BeforeAll
    void work(@TempDir final Path directory) throws Exception {
        busy = new BusyCity(directory, 11);
        busy.doSomethingOfEverything();
        lines.addAll(json(SmallCity.run("journal", "tail", busy.data(), "-n", "100000", "--json")));
        for (int i = 0; i < lines.size(); i++) {
            records.add(new ObjectMapper()
                    .readTree(SmallCity.run("journal", "show", busy.data(), "--sequence", "" + i, "--json"))
                    .at("/records/0"));
        }
        assertThat(lines).hasSizeGreaterThan(90);
    }

    @AfterAll
    void stop() {
        busy.close();
    }

    private static List<JsonNode> json(final String text) throws IOException {
        final List<JsonNode> found = new ArrayList<>();
        for (final String line : text.isEmpty() ? new String[0] : text.strip().split("\n", -1)) {
            found.add(new ObjectMapper().readTree(line));
        }
        return found;
    }

    private Result grep(final String... options) {
        return BusyCity.run(Stream.concat(Stream.of("journal", "grep", busy.data()), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private void assertFinds(final Predicate<JsonNode> wanted, final String... options) throws IOException {
        final List<JsonNode> expected = lines.stream().filter(wanted).toList();
        assertThat(expected)
                .as("the city did such a thing: %s", List.of(options))
                .isNotEmpty();
        assertThat(expected).as("and other things").hasSizeLessThan(lines.size());
        final Result found =
                grep(Stream.concat(Arrays.stream(options), Stream.of("--json")).toArray(String[]::new));
        assertThat(json(found.out())).as("%s", List.of(options)).isEqualTo(expected);
        assertThat(found.exitCode()).isZero();
        assertThat(grep(Stream.concat(Arrays.stream(options), Stream.of("-c")).toArray(String[]::new))
                        .out()
                        .strip())
                .isEqualTo("" + expected.size());
    }

    private JsonNode record(final JsonNode line) {
        return records.get(line.get("sequence").asInt());
    }

    private static String text(final JsonNode node, final String field) {
        return node.path(field).asText();
    }

    @Test
    void shouldFindByInstitutionTerminalAndTransaction() throws IOException {
        // The import's rows name them too.
        assertFinds(
                line -> text(line, "institution").equals(SmallCity.PHARMACY)
                        || List.of("InstitutionChunk", "TerminalChunk").contains(text(line, "message")),
                "--institution",
                SmallCity.PHARMACY);
        assertFinds(
                line -> text(line, "terminal").equals("SN-P0")
                        || text(line, "message").equals("TerminalChunk"),
                "--terminal",
                "SN-P0");
        assertFinds(line -> text(line, "transaction").equals("2102"), "--transaction", "2102");
        assertFinds(line -> text(line, "transaction").equals("2601"), "--transaction", "Reversal");
        assertFinds(
                line -> List.of("FreezePerson", "Allocate").contains(text(line, "transaction")),
                "--transaction",
                "freezeperson",
                "--transaction",
                "Allocate");
        assertFinds(line -> text(line, "message").equals("QueryByMsgid"), "--transaction", "101");
    }

    @Test
    void shouldFindByCode() throws IOException {
        assertFinds(line -> line.path("code").asInt() != 0, "--code", "refused");
        assertFinds(line -> line.path("code").asInt() == 506, "--code", "506");
        assertFinds(line -> line.path("code").asInt() == 506, "--code", "person_frozen");
        assertFinds(
                line -> line.path("code").asInt() == 506 || text(line, "reason").equals("BATCH_USED"),
                "--code",
                "PERSON_FROZEN",
                "--code",
                "ACT_REFUSED");
    }

    /** A command without a record of that kind is none; combined options all have to fit. */
    @Test
    void shouldCombine() throws IOException {
        assertFinds(
                line -> text(line, "institution").equals(SmallCity.HOSPITAL)
                        && text(line, "transaction").equals("2102")
                        && line.path("code").asInt() == 0,
                "--institution",
                SmallCity.HOSPITAL,
                "--transaction",
                "2102",
                "--code",
                "OK");
        assertThat(grep("--institution", SmallCity.HOSPITAL, "--terminal", "SN-P0", "--transaction", "2102")
                        .exitCode())
                .isEqualTo(Settlegate.FOUND);
    }

    @Test
    void shouldFindByPersonInRequestOutcomeAndRows() throws IOException {
        final String masked = SmallCity.psnNo(4).substring(0, 3);
        final List<JsonNode> found =
                json(grep("--person", SmallCity.psnNo(4), "--json").out());
        assertThat(found).hasSizeGreaterThan(4);
        assertThat(found.stream().map(line -> text(line, "message")))
                .as("import, allocation, and the visit")
                .contains("PersonChunk", "AllocationChunk", "Registration", "OutpatientSettle");
        for (final JsonNode line : found) {
            if (!text(line, "message").endsWith("Chunk")) {
                assertThat(record(line).toString()).contains("\"psnNo\":\"" + masked);
                assertThat(record(line).toString()).contains("**04\"");
            }
        }
        assertThat(json(grep("--person", SmallCity.psnNo(3), "--json").out()).stream()
                        .map(line -> text(line, "message")))
                .as("found by identity number; the outcome names the person")
                .contains("PersonInfo");
        assertThat(grep("--person", SmallCity.psnNo(4).substring(0, 19)).exitCode())
                .as("no prefix")
                .isEqualTo(Settlegate.FOUND);
    }

    @Test
    void shouldFindByMsgidPrefixAndSettlement() throws IOException {
        final JsonNode settled = lines.stream()
                .filter(line -> text(line, "transaction").equals("2102") && line.has("setlId"))
                .findFirst()
                .orElseThrow();
        final String msgid = text(settled, "msgid");
        assertFinds(line -> text(line, "msgid").equals(msgid), "--msgid", msgid);
        assertFinds(line -> text(line, "msgid").startsWith(msgid.substring(0, 12)), "--msgid", msgid.substring(0, 12));
        final JsonNode cancel = records.stream()
                .filter(record -> text(record, "transaction").equals("2103"))
                .findFirst()
                .orElseThrow();
        final String original = cancel.at("/outcome/originalSetlId").asText();
        final List<JsonNode> both = json(grep("--setl-id", original, "--json").out());
        assertThat(both.stream().map(line -> text(line, "transaction"))).containsExactly("2102", "2103");
    }

    @Test
    void shouldReadBetweenPoints() throws IOException {
        final int half = lines.size() / 2;
        assertFinds(
                line -> line.get("sequence").asInt() >= half
                        && line.get("sequence").asInt() <= half + 7,
                "--from",
                "" + half,
                "--to",
                "" + (half + 7));
        final String time = text(lines.get(half), "time");
        assertFinds(line -> text(line, "time").compareTo(time) >= 0, "--from", time);
        assertFinds(line -> text(line, "time").compareTo(time) <= 0, "--to", time);
        assertThat(grep("--from", "1999-01-01", "--to", "1999-12-31").exitCode())
                .isEqualTo(Settlegate.FOUND);
        assertThat(grep("--from", "999999").exitCode()).isEqualTo(Settlegate.FOUND);
        assertThat(grep("-c", "--from", "2026-01-01").out().strip()).isEqualTo("" + lines.size());
    }

    @Test
    void shouldEndAtALimit() throws IOException {
        final List<JsonNode> found =
                json(grep("--transaction", "2102", "--limit", "3", "--json").out());
        assertThat(found)
                .isEqualTo(lines.stream()
                        .filter(line -> text(line, "transaction").equals("2102"))
                        .limit(3)
                        .toList());
        final Result table = grep("--transaction", "2102", "--limit", "2");
        assertThat(table.lines()).hasSize(2).allMatch(line -> line.contains("2102"));
    }

    @Test
    void shouldSayWhatIsNoValue() {
        assertThat(grep("--code", "FROZEN").err()).contains("FROZEN is no result code");
        assertThat(grep("--transaction", "9999").err()).contains("is no transaction");
        assertThat(grep("--institution", "H1").err()).contains("12 characters");
        assertThat(grep("--setl-id", "12").err()).contains("30 digits");
        assertThat(grep("--from", "soon").err()).contains("--from").contains("2026-11-22T17:45");
        assertThat(grep("--limit", "0").exitCode()).isEqualTo(2);
        assertThat(grep("--terminal", "").exitCode()).isEqualTo(2);
    }
}
