package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.BusyCity.Result;
import io.settlegate.gateway.export.ExportFormat;
import io.settlegate.gateway.export.ExportKind;
import io.settlegate.gateway.export.JournalExport;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What reads and replays a journal whose first segments are archived: goes on with what is there, and says what is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class ArchivedReadingTest {
    private static final int SETTLEMENTS = 70;
    private static final String ADVICE = "restore-archived";

    private Path directory;
    private SmallCity city;
    private Path whole;
    private long firstThere;
    private String oldMsgid;
    private String oldSetlId;
    private String person;

    @BeforeAll
    void archive(@TempDir final Path temporary) throws Exception {
        directory = temporary;
        city = SmallCity.found(temporary);
        AgeingCity.settle(city, new Random(29), SETTLEMENTS);
        AgeingCity.startLater(city);
        SmallCity.run("journal", "snapshot", data());
        whole = directory.resolve("whole");
        copyAll(city.data(), whole);
        final JsonNode settlement =
                json(BusyCity.run("journal", "grep", data(), "--transaction", "2102", "--code", "0", "--json")
                        .lines()
                        .get(0));
        final JsonNode record = json(SmallCity.run(
                        "journal",
                        "show",
                        data(),
                        "--sequence",
                        settlement.get("sequence").asText(),
                        "--json"))
                .at("/records/0");
        oldMsgid = record.at("/request/header/msgid").asText();
        oldSetlId = record.at("/outcome/setlId").asText();
        person = SmallCity.psnNo(0);
        SmallCity.run("journal", "archive", data());
        SmallCity.run("journal", "remove-archived", data(), "--all");
        try (Store store = new DataDirectory(city.data()).store();
                JournalFollower follower = JournalFollower.open(store)) {
            firstThere = follower.firstSequence();
        }
        assertThat(firstThere).isGreaterThan(record.get("sequence").asLong());
    }

    private String data() {
        return city.data().toString();
    }

    private static JsonNode json(final String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static void copyAll(final Path from, final Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            walk.filter(path -> !path.toString().endsWith(".sock")).forEach(path -> {
                try {
                    Files.copy(path, to.resolve(from.relativize(path)));
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static Result export(final Path data, final Path target) {
        return BusyCity.run(
                "journal", "export", data.toString(), "--to", target.toString(), "--format", "jsonl", "--json");
    }

    private static Result done(final Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    /** A statement of what is left of a period would look like one of the period. */
    @Test
    void shouldRefuseReportsOfAPeriodThatIsPartlyArchived() throws IOException {
        final String old =
                oldMsgid.substring(12, 16) + "-" + oldMsgid.substring(16, 18) + "-" + oldMsgid.substring(18, 20);
        assertRefused(statement(old, "partly"), ADVICE);
        assertRefused(BusyCity.run("activity", "--data", data(), "--from", old, "--to", "2099-01-01"), ADVICE);
        assertRefused(BusyCity.run("clearing", "list", "--data", data(), oldSetlId), ADVICE);

        final String later = LocalDate.now(ZoneOffset.ofHours(8)).plusDays(35).toString();
        done(statement(later, "later"));
        final Result activity =
                done(BusyCity.run("activity", "--data", data(), "--from", later, "--to", "2099-01-01", "--json"));
        assertThat(json(activity.out()).at("/activation/0/insured").asInt()).isEqualTo(SmallCity.PERSONS);
    }

    /** What is archived cannot be looked up, so that nobody is told to settle it again. */
    @Test
    void shouldCallForARowWhoseRecordMayBeArchived() throws IOException {
        final String later = LocalDate.now(ZoneOffset.ofHours(8)).plusDays(35).toString();
        for (final String[] numbers : new String[][] {{oldSetlId, ""}, {"", oldMsgid}}) {
            final Path file = Files.writeString(
                    directory.resolve("row.csv"),
                    "setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag,msgid\n" + numbers[0]
                            + ",," + person + ",12.50,1.00,1.00,0," + numbers[1] + "\n");
            final Result result = BusyCity.run(
                    "reconcile", file.toString(), "--data", data(), "--from", later, "--to", "2099-01-01", "--json");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(Settlegate.FOUND);
            assertThat(json(result.out()).at("/first/0/difference").asText()).isEqualTo("MISSING_AT_GATEWAY");
            assertThat(json(result.out()).at("/first/0/act").asText()).isEqualTo("CALL");
        }
    }

    private Result statement(final String day, final String name) {
        return BusyCity.run(
                "clearing",
                "statement",
                "--data",
                data(),
                "--office",
                SmallCity.COUNTY,
                "--day",
                day,
                "--out",
                directory.resolve("statement-" + name).toString());
    }

    private static void assertRefused(final Result result, final String... words) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(Settlegate.FAILED);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("archived").contains(words);
    }

    /** A part of the whole journal's export, up to a record with which a batch ends. */
    private void exportUpTo(final long lastSequence, final Path target) throws IOException {
        try (Store store = new DataDirectory(whole).store();
                JournalFollower follower = JournalFollower.open(store);
                JournalExport export = JournalExport.open(
                        follower,
                        new JournalExport.Options(
                                target,
                                ExportFormat.JSONL,
                                EnumSet.allOf(ExportKind.class),
                                100_000,
                                10,
                                JournalExport.Options.Unmasked.NO))) {
            export.run(
                    Masking.MASKED,
                    new JournalExport.Pace() {
                        @Override
                        public boolean isEndWanted() {
                            return false;
                        }

                        @Override
                        public boolean rest() {
                            return false;
                        }
                    },
                    lastSequence);
            assertThat(export.nextSequence()).isEqualTo(lastSequence + 1);
        }
    }

    @Test
    void shouldBeginANewExportWithTheFirstRecordThereIs() throws IOException {
        final Path complete = directory.resolve("complete");
        done(export(whole, complete));
        final Path rest = directory.resolve("rest");
        final JsonNode told = json(done(export(city.data(), rest)).out());
        assertThat(told.get("exportFirstSequence").asLong()).isEqualTo(firstThere);
        assertThat(told.get("firstSequence").asLong()).isEqualTo(firstThere);
        assertThat(json(Files.readString(rest.resolve("schema.json")))
                        .get("firstSequence")
                        .asLong())
                .isEqualTo(firstThere);
        assertThat(json(Files.readString(complete.resolve("schema.json")))
                        .get("firstSequence")
                        .asLong())
                .isZero();
        assertThat(ExportedFiles.names(rest))
                .anyMatch(name -> name.startsWith(String.format("outcomes-%015d-", firstThere)));
        final List<JsonNode> expected = ExportedFiles.jsonl(complete, "outcomes").stream()
                .filter(row -> row.get("sequence").asLong() >= firstThere)
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(ExportedFiles.jsonl(rest, "outcomes")).isEqualTo(expected);
        assertThat(json(done(export(city.data(), rest)).out())
                        .get("nextSequence")
                        .asLong())
                .as("nothing new")
                .isEqualTo(told.get("nextSequence").asLong());

        final Path table = directory.resolve("table");
        final Result shown = done(BusyCity.run("journal", "export", data(), "--to", table.toString()));
        assertThat(shown.out()).contains("begins with record " + firstThere);
        assertThat(new String(ExportedFiles.concatenation(table, "settlements"), StandardCharsets.UTF_8))
                .as("a header, also where no row is")
                .startsWith("sequence,");
    }

    @Test
    void shouldGoOnWithAnExportThatEndedWhereTheJournalBegins() throws IOException {
        final Path target = directory.resolve("goes-on");
        exportUpTo(firstThere - 1, target);
        final Path state = target.resolve("state.json");
        final String good = Files.readString(state);
        final ObjectNode other = (ObjectNode) new ObjectMapper().readTree(good);
        Files.writeString(state, other.put("sealHash", "00".repeat(32)).toString());
        final Result refused = export(city.data(), target);
        assertThat(refused.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(refused.err()).contains("its history was changed");
        Files.writeString(state, good);

        final JsonNode told = json(done(export(city.data(), target)).out());
        assertThat(told.get("exportFirstSequence").asLong()).isZero();
        assertThat(told.get("firstSequence").asLong()).isEqualTo(firstThere);
        final Path complete = directory.resolve("complete-too");
        done(export(whole, complete));
        for (final String kind : ExportedFiles.KINDS) {
            assertThat(ExportedFiles.concatenation(target, kind))
                    .as(kind)
                    .isEqualTo(ExportedFiles.concatenation(complete, kind));
        }
    }

    @Test
    void shouldRefuseToLeaveOutWhatWasNotExported() throws IOException {
        final Path target = directory.resolve("gap");
        final long last;
        try (Store store = new DataDirectory(whole).store();
                JournalFollower follower = JournalFollower.open(store)) {
            follower.seek(firstThere / 2);
            assertThat(follower.nextBatch()).isTrue();
            last = follower.seal().lastSequence();
        }
        assertThat(last).isLessThan(firstThere - 1);
        exportUpTo(last, target);
        final List<String> before = ExportedFiles.names(target);
        assertRefused(
                export(city.data(), target),
                "goes on with record " + (last + 1),
                "begins with record " + firstThere,
                "archived in segment",
                ADVICE);
        assertThat(ExportedFiles.names(target)).isEqualTo(before);

        final Path restored = directory.resolve("restored");
        copyAll(city.data(), restored);
        restoreAll(restored);
        done(export(restored, target));
        final Path complete = directory.resolve("complete-again");
        done(export(whole, complete));
        for (final String kind : ExportedFiles.KINDS) {
            assertThat(ExportedFiles.concatenation(target, kind))
                    .as(kind)
                    .isEqualTo(ExportedFiles.concatenation(complete, kind));
        }
    }

    /** From the newest on: nothing between a segment and the journal may be missing. */
    private static void restoreAll(final Path data) throws IOException {
        for (int segment = new DataDirectory(data).store().segments().get(0) - 1; segment >= 0; segment--) {
            SmallCity.run("journal", "restore-archived", data.toString(), "--segment", "" + segment);
        }
    }

    @Test
    void shouldNameTheSegmentOfWhatIsNotThere() {
        final String early = "2020-01-01";
        assertRefused(BusyCity.run("journal", "show", data(), "--sequence", "3"), "archived in segment", ADVICE);
        assertRefused(BusyCity.run("journal", "show", data(), "--setl-id", oldSetlId), "archived in segment", ADVICE);
        assertRefused(BusyCity.run("journal", "show", data(), "--msgid", oldMsgid), "archived in segment", ADVICE);
        assertRefused(BusyCity.run("journal", "receipt", data(), oldMsgid), "archived in segment", ADVICE);
        assertRefused(BusyCity.run("journal", "prove", data(), "3"), "archived in segment", ADVICE);
        assertRefused(BusyCity.run("explain", data(), "--msgid", oldMsgid), "archived in segment", ADVICE);
        for (final String from : List.of("3", early)) {
            assertRefused(BusyCity.run("journal", "grep", data(), "--from", from), "archived in segment", ADVICE);
            assertRefused(BusyCity.run("journal", "tail", data(), "--since", from), "archived in segment", ADVICE);
        }
    }

    @Test
    void shouldSearchWhatIsThereAndSayWhatIsNot() {
        final Result found = done(BusyCity.run("journal", "grep", data(), "--count"));
        assertThat(Long.parseLong(found.out().strip())).isPositive();
        assertThat(found.err())
                .contains("before " + firstThere + " are archived")
                .contains(ADVICE);
        final Result nothing = BusyCity.run("journal", "grep", data(), "--transaction", "2102");
        assertThat(nothing.exitCode()).isEqualTo(Settlegate.FOUND);
        assertThat(nothing.err()).contains("archived");
        done(BusyCity.run("journal", "grep", data(), "--from", "" + firstThere));
        final Result all = done(BusyCity.run("journal", "tail", data(), "-n", "1000"));
        assertThat(all.err()).isEmpty();
    }

    /** Nothing is shown, so nothing is recorded. */
    @Test
    void shouldLeaveNoRecordOfAReadingThatItRefuses() throws IOException {
        final Path data = directory.resolve("unread");
        copyAll(city.data(), data);
        final List<Integer> segments = new DataDirectory(data).store().segments();
        assertRefused(
                BusyCity.run(
                        "journal",
                        "grep",
                        data.toString(),
                        "--from",
                        "3",
                        "--unmask",
                        "--operator-key",
                        data.resolve("keys").resolve("operator.pem").toString(),
                        "--reason",
                        "complaint 4711"),
                ADVICE);
        assertThat(new DataDirectory(data).store().segments()).isEqualTo(segments);
    }

    @Test
    void shouldReplayFromASnapshotOnly() throws IOException {
        assertRefused(BusyCity.run("replay", data()), "before " + firstThere, ADVICE, "--from-snapshot");
        final JsonNode replayed = json(done(BusyCity.run("replay", data(), "--from-snapshot", "--json"))
                .out());
        assertThat(replayed.get("mismatches").asLong()).isZero();
        final Result early = BusyCity.run("replay", data(), "--from-snapshot", "--to", "3");
        assertRefused(early, "restore the archived segments");
    }

    @Test
    void shouldShowAPersonAsOfAfterTheCutAlone() throws IOException {
        for (final String at : List.of("3", "2020-01-01", "" + (firstThere - 1))) {
            assertRefused(
                    BusyCity.run("journal", "show", data(), "--person", person, "--at", at),
                    "restore the archived segments");
        }
        final JsonNode shown = json(done(BusyCity.run("journal", "show", data(), "--person", person, "--json"))
                .out());
        final JsonNode expected =
                json(done(BusyCity.run("journal", "show", whole.toString(), "--person", person, "--json"))
                        .out());
        assertThat(shown.get("person")).isNotNull().isEqualTo(expected.get("person"));
    }

    @Test
    void shouldVerifyWithAReplayFromTheOldestSnapshot() throws IOException {
        final Path data = directory.resolve("two-snapshots");
        copyAll(city.data(), data);
        final long oldest =
                new DataDirectory(data).store().snapshots().sequences().get(0);
        OpenGateway.recover(new DataDirectory(data), DurabilityLevel.BATCH).close();
        SmallCity.run("journal", "snapshot", data.toString());
        assertThat(new DataDirectory(data).store().snapshots().sequences()).hasSize(2);
        final JsonNode verified = json(done(BusyCity.run("journal", "verify", data.toString(), "--replay", "--json"))
                .out());
        assertThat(verified.at("/replay/mismatches").asLong()).isZero();
        assertThat(verified.at("/replay/snapshotSequence").asLong()).isEqualTo(oldest);
        assertThat(done(BusyCity.run("journal", "verify", data.toString(), "--replay"))
                        .out())
                .contains("from the snapshot at record " + oldest)
                .contains("every outcome and state hash is equal");
        final JsonNode complete = json(done(BusyCity.run("journal", "verify", whole.toString(), "--replay", "--json"))
                .out());
        assertThat(complete.at("/replay/snapshotSequence").asLong()).isEqualTo(-1);
    }
}
