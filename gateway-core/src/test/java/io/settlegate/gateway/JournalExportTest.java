package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.BusyCity.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What `journal export` writes of the journal of a running gateway, and where it refuses to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class JournalExportTest {
    @TempDir
    private Path directory;

    private BusyCity busy;
    private int targetCount;

    @BeforeAll
    void work(@TempDir final Path cityDirectory) throws Exception {
        busy = new BusyCity(cityDirectory, 23);
        busy.doSomethingOfEverything();
    }

    @AfterAll
    void stop() {
        busy.close();
    }

    private Path target() {
        targetCount++;
        return directory.resolve("export-" + targetCount);
    }

    private Result export(final Path target, final String... options) {
        return BusyCity.run(Stream.concat(
                        Stream.of("journal", "export", busy.data(), "--to", target.toString()), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private static void done(final Result result) {
        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
    }

    private List<JsonNode> shown() throws IOException {
        final List<JsonNode> records = new ArrayList<>();
        final int count = BusyCity.run("journal", "tail", busy.data(), "-n", "100000")
                .lines()
                .size();
        for (int i = 0; i < count; i++) {
            records.add(new ObjectMapper()
                    .readTree(BusyCity.run("journal", "show", busy.data(), "--sequence", "" + i, "--json")
                            .out())
                    .at("/records/0"));
        }
        return records;
    }

    /** Held against `journal show`, which reads by another way. */
    @Test
    void shouldHoldWhatTheRecordsSay() throws IOException {
        final Path target = target();
        done(export(target, "--format", "jsonl"));
        final List<JsonNode> settlements = ExportedFiles.jsonl(target, "settlements");
        final List<JsonNode> lines = ExportedFiles.jsonl(target, "lines");
        final List<JsonNode> outcomes = ExportedFiles.jsonl(target, "outcomes");
        final List<JsonNode> acts = ExportedFiles.jsonl(target, "acts");
        int settlement = 0;
        int line = 0;
        int outcome = 0;
        int act = 0;
        for (final JsonNode record : shown()) {
            if (record.get("sequence").asLong()
                    > outcomes.get(outcomes.size() - 1).get("sequence").asLong()) {
                break;
            }
            if (!record.get("kind").asText().equals("COMMAND")) {
                continue;
            }
            final JsonNode row = outcomes.get(outcome++);
            for (final String field : List.of("sequence", "time", "transaction", "message", "code", "codeName")) {
                assertThat(row.get(field)).as(field).isEqualTo(record.get(field));
            }
            assertThat(row.get("outcomeMessage")).isEqualTo(record.get("outcomeMessage"));
            assertThat(row.get("msgid").asText(""))
                    .isEqualTo(record.at("/request/header/msgid").asText());
            assertThat(row.get("terminal").asText(""))
                    .isEqualTo(record.at("/request/header/sn").asText());
            final String message = record.get("outcomeMessage").asText();
            if (message.matches("(Pharmacy|Outpatient|Inpatient)(Settle|Cancel)Outcome")) {
                assertSettlement(settlements.get(settlement++), record);
            } else if (record.at("/outcome/effect").asText().equals("REVERSED")) {
                assertReversal(settlements.get(settlement++), record);
            }
            if (message.equals("PharmacySettleOutcome") || message.endsWith("FeeLinesOutcome")) {
                line += assertLines(lines, line, record);
            }
            if (record.at("/request/header/msgid").isMissingNode()) {
                assertAct(acts.get(act++), record);
            }
        }
        assertThat(settlement).isEqualTo(settlements.size()).isGreaterThan(40);
        assertThat(line).isEqualTo(lines.size()).isGreaterThan(40);
        assertThat(outcome).isEqualTo(outcomes.size()).isGreaterThan(90);
        assertThat(act).isEqualTo(acts.size()).isGreaterThan(10);
        assertThat(settlements.stream().map(row -> row.get("rowType").asText()).distinct())
                .containsExactlyInAnyOrder("SETTLEMENT", "CANCEL", "REVERSAL");
        assertThat(lines.stream().map(row -> row.get("rowType").asText()).distinct())
                .containsExactlyInAnyOrder("SETTLED", "UPLOADED");
    }

    private static void assertSettlement(final JsonNode row, final JsonNode record) {
        assertThat(row.get("sequence")).isEqualTo(record.get("sequence"));
        int amounts = 0;
        for (final Map.Entry<String, JsonNode> field : record.get("outcome").properties()) {
            final String name = field.getKey();
            if (name.endsWith("Fen") || name.endsWith("E4") || name.equals("policyVersion") || name.equals("age")) {
                assertThat(row.get(name)).as(name).isNotNull();
                assertThat(row.get(name).asLong())
                        .as(name)
                        .isEqualTo(field.getValue().asLong());
                amounts++;
            } else if (field.getValue().isTextual()) {
                assertThat(row.get(name).asText(""))
                        .as(name)
                        .isEqualTo(field.getValue().asText());
            }
        }
        assertThat(amounts).as("all shares").isGreaterThanOrEqualTo(20);
        assertThat(row.get("psnNo").asText()).contains("***");
    }

    private static void assertReversal(final JsonNode row, final JsonNode record) {
        assertThat(row.get("rowType").asText()).isEqualTo("REVERSAL");
        assertThat(row.get("originalMsgid").asText())
                .isEqualTo(record.at("/outcome/omsgid").asText());
        assertThat(row.get("originalSequence")).isNotNull();
        assertThat(row.get("fundPaySumamtFen").asLong())
                .isEqualTo(record.at("/outcome/fundPaySumamtFen").asLong());
        assertThat(row.get("medfeeSumamtFen").isNull())
                .as("a reversal does not say")
                .isTrue();
    }

    private static int assertLines(final List<JsonNode> rows, final int from, final JsonNode record) {
        final JsonNode split = record.at("/outcome/detlcutinfo");
        final JsonNode asked = record.get("request").has("drugdetail")
                ? record.at("/request/drugdetail")
                : record.at("/request/feedetail");
        for (int i = 0; i < split.size(); i++) {
            final JsonNode row = rows.get(from + i);
            assertThat(row.get("sequence")).isEqualTo(record.get("sequence"));
            assertThat(row.get("line").asInt()).isEqualTo(i + 1);
            for (final Map.Entry<String, JsonNode> field : split.get(i).properties()) {
                if (!field.getKey().equals("basMednFlag")) {
                    assertThat(row.get(field.getKey()).asText())
                            .as(field.getKey())
                            .isEqualTo(field.getValue().asText());
                }
            }
            for (final String field : List.of("medListCodg", "cntE4", "pricE6")) {
                assertThat(row.get(field).asText())
                        .isEqualTo(asked.get(i).get(field).asText());
            }
        }
        return split.size();
    }

    private static void assertAct(final JsonNode row, final JsonNode record) {
        assertThat(row.get("sequence")).isEqualTo(record.get("sequence"));
        assertThat(row.get("act")).isEqualTo(record.get("message"));
        assertThat(row.get("code")).isEqualTo(record.get("code"));
        assertThat(row.get("reason").asText("")).isEqualTo(record.path("reason").asText());
        assertThat(row.get("psnNo").asText(""))
                .isEqualTo(record.at("/request/psnNo").asText());
    }

    /** CSV says what JSON lines say; nothing is an empty cell. */
    @Test
    void shouldWriteTheSameInBothFormats() throws IOException {
        final Path csv = target();
        final Path jsonl = target();
        done(export(csv));
        done(export(jsonl, "--format", "jsonl"));
        for (final String kind : ExportedFiles.KINDS) {
            final List<Map<String, String>> rows = ExportedFiles.csv(csv, kind);
            final List<JsonNode> objects = ExportedFiles.jsonl(jsonl, kind);
            assertThat(rows).isNotEmpty();
            for (int i = 0; i < rows.size(); i++) {
                final Map<String, String> expected = new java.util.LinkedHashMap<>();
                objects.get(i)
                        .properties()
                        .forEach(field ->
                                expected.put(field.getKey(), field.getValue().asText("")));
                assertThat(rows.get(i)).isEqualTo(expected);
            }
            assertThat(new String(ExportedFiles.concatenation(csv, kind), StandardCharsets.UTF_8)
                            .replace("\r\n", "")
                            .contains("\n"))
                    .as("lines end in CRLF")
                    .isFalse();
        }
    }

    @Test
    void shouldNameItsColumnsInTheManifest() throws IOException {
        final Path target = target();
        done(export(target, "--format", "jsonl"));
        final JsonNode manifest =
                new ObjectMapper().readTree(target.resolve("schema.json").toFile());
        assertThat(manifest.get("schema").asText()).isEqualTo("settlegate-export");
        assertThat(manifest.get("gatewayId").asText()).isEqualTo(SmallCity.GATEWAY_ID);
        assertThat(manifest.get("masked").asBoolean()).isTrue();
        for (final String kind : ExportedFiles.KINDS) {
            final List<String> columns = new ArrayList<>();
            final Map<String, String> types = new TreeMap<>();
            manifest.at("/kinds/" + kind + "/columns").forEach(column -> {
                columns.add(column.get("name").asText());
                types.put(column.get("name").asText(), column.get("type").asText());
            });
            for (final JsonNode row : ExportedFiles.jsonl(target, kind)) {
                final List<String> names = new ArrayList<>();
                row.properties().forEach(field -> names.add(field.getKey()));
                assertThat(names).isEqualTo(columns);
                row.properties().forEach(field -> {
                    final JsonNode value = field.getValue();
                    final boolean fits =
                            switch (types.get(field.getKey())) {
                                case "integer" -> value.isIntegralNumber();
                                case "time" -> value.asText().matches("[0-9]{4}-.*T.*\\.[0-9]{3}\\+08:00");
                                default -> value.isTextual() && !value.asText().isEmpty();
                            };
                    assertThat(value.isNull() || fits)
                            .as("%s %s", field.getKey(), value)
                            .isTrue();
                });
            }
        }
    }

    @Test
    void shouldWritePersonsInClearForTheOwnerAlone() throws IOException {
        final Path open = target();
        Files.createDirectories(open);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        final long before = trailLength();
        final String[] unmasked = {
            "--unmask",
            "--operator-key",
            busy.city.data().resolve("keys").resolve("operator.pem").toString(),
            "--reason",
            "yearly audit"
        };
        final Result refused = export(open, unmasked);
        assertThat(refused.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(refused.err()).contains("others can enter").contains("chmod 700 " + open);
        assertThat(open).isEmptyDirectory();
        assertThat(trailLength()).as("nothing was read").isEqualTo(before);
        done(export(open));
        assertOwnerOnly(open);
        final Path closed = target();
        done(export(closed, unmasked));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
                .isEqualTo("rwx------");
        assertOwnerOnly(closed);
    }

    private long trailLength() {
        return BusyCity.run("journal", "grep", busy.data(), "--transaction", "ReadUnmasked")
                .out()
                .lines()
                .count();
    }

    private static void assertOwnerOnly(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void shouldNameNobodyUnlessItIsUnmasked() throws IOException {
        final Path masked = target();
        done(export(masked));
        final Path clear = target();
        done(export(
                clear,
                "--unmask",
                "--operator-key",
                busy.city.data().resolve("keys").resolve("operator.pem").toString(),
                "--reason",
                "yearly audit"));
        int named = 0;
        for (final String kind : ExportedFiles.KINDS) {
            final String hidden = new String(ExportedFiles.concatenation(masked, kind), StandardCharsets.UTF_8);
            final String shown = new String(ExportedFiles.concatenation(clear, kind), StandardCharsets.UTF_8);
            for (int person = 0; person < SmallCity.PERSONS; person++) {
                assertThat(hidden).doesNotContain(SmallCity.psnNo(person)).doesNotContain(SmallCity.certno(person));
                named += shown.contains(SmallCity.psnNo(person)) ? 1 : 0;
            }
        }
        assertThat(named).isGreaterThan(20);
        final List<Map<String, String>> trail = ExportedFiles.csv(clear, "acts");
        assertThat(export(
                                clear,
                                "--unmask",
                                "--operator-key",
                                busy.city
                                        .data()
                                        .resolve("keys")
                                        .resolve("operator.pem")
                                        .toString(),
                                "--reason",
                                "again")
                        .exitCode())
                .isZero();
        final List<Map<String, String>> later = ExportedFiles.csv(clear, "acts");
        assertThat(later.subList(0, trail.size())).isEqualTo(trail);
        assertThat(later.subList(trail.size(), later.size()))
                .as("the record of the first reading")
                .anySatisfy(act -> {
                    assertThat(act).containsEntry("act", "ReadUnmasked").containsEntry("readCommand", "EXPORT");
                    assertThat(act).containsEntry("readReason", "yearly audit").containsEntry("readFirstSequence", "0");
                });
        assertThat(export(clear).err()).contains("another masking");
    }

    @Test
    void shouldRefuseATargetOfAnotherExport() throws Exception {
        final Path target = target();
        done(export(target, "--kind", "acts"));
        final byte[] before = ExportedFiles.concatenation(target, "acts");
        assertThat(export(target, "--kind", "acts", "--format", "jsonl").err()).contains("another --format");
        assertThat(export(target, "--kind", "acts,lines").err()).contains("other kinds or columns");
        assertThat(export(target, "--kind", "people").err()).contains("--kind is");
        assertThat(export(target, "--format", "xml").exitCode()).isEqualTo(2);

        final Path manifest = target.resolve("schema.json");
        final ObjectNode content = (ObjectNode) new ObjectMapper().readTree(manifest.toFile());
        Files.writeString(manifest, content.deepCopy().put("version", 99).toString());
        final Result version = export(target, "--kind", "acts");
        assertThat(version.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(version.err())
                .contains("another version of the export's schema")
                .contains("99");
        Files.writeString(
                manifest, content.deepCopy().put("gatewayId", "SG-OTHER").toString());
        assertThat(export(target, "--kind", "acts").err())
                .contains("another journal")
                .contains("SG-OTHER");
        Files.writeString(manifest, content.toString());

        final Path state = target.resolve("state.json");
        final String good = Files.readString(state);
        final ObjectNode changed = (ObjectNode) new ObjectMapper().readTree(good);
        Files.writeString(
                state, changed.deepCopy().put("sealHash", "00".repeat(32)).toString());
        assertThat(export(target, "--kind", "acts").err()).contains("its history was changed");
        Files.writeString(
                state, changed.deepCopy().put("lastSequence", 99_999_999).toString());
        assertThat(export(target, "--kind", "acts").err()).contains("older copy");
        Files.writeString(state, "{\"lastSequence\":");
        assertThat(export(target, "--kind", "acts").err()).contains("not what an export wrote");
        assertThat(ExportedFiles.concatenation(target, "acts"))
                .as("nothing was written")
                .isEqualTo(before);
        Files.writeString(state, good);
        done(export(target, "--kind", "acts"));

        final Path foreign = Files.createDirectory(target());
        Files.writeString(foreign.resolve("precious.txt"), "mine");
        assertThat(export(foreign).err()).contains("holds other files");
        assertThat(foreign.resolve("precious.txt")).hasContent("mine");
    }
}
