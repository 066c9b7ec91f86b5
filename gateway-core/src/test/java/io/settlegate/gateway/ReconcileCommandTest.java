package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.BusyCity.Result;
import io.settlegate.gateway.books.BookEntry;
import io.settlegate.gateway.books.BookScan;
import io.settlegate.gateway.inspection.Yuan;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command over the journal of a running gateway, with cancels, reversals, and a visit. */
@Timeout(180)
class ReconcileCommandTest {
    private static final String HEADER =
            "setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag,msgid\n";
    private final LocalDate today = LocalDate.now(ZoneOffset.ofHours(8));

    @TempDir
    private Path directory;

    private BusyCity busy;
    private Path temporary;
    private List<BookEntry> entries;

    @BeforeEach
    void start() throws Exception {
        busy = new BusyCity(directory, 23);
        busy.doSomethingOfEverything();
        temporary = Files.createDirectory(directory.resolve("spill"));
        entries = new ArrayList<>();
        try (Store store = new DataDirectory(busy.city.data()).existingStore();
                JournalFollower follower = JournalFollower.open(store)) {
            new BookScan(follower, today.minusDays(1), today.plusDays(1), null).tell(entries::add);
        }
    }

    @AfterEach
    void stop() throws IOException {
        busy.close();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).as("spill files").isEmpty();
        }
    }

    private static String row(final BookEntry entry) {
        return String.join(
                        ",",
                        entry.setlId(),
                        entry.mdtrtId(),
                        entry.psnNo(),
                        Yuan.of(entry.medfeeFen()),
                        Yuan.of(entry.fundFen()),
                        Yuan.of(entry.acctFen()),
                        entry.kind() == BookEntry.Kind.REFUND ? "1" : "0",
                        entry.msgid())
                + "\n";
    }

    private Path file(final String name, final List<BookEntry> rows, final String... more) throws IOException {
        final StringBuilder text = new StringBuilder(HEADER);
        rows.forEach(entry -> text.append(row(entry)));
        for (final String each : more) {
            text.append(each);
        }
        return Files.writeString(directory.resolve(name), text);
    }

    private Result reconcile(final Path file, final String... more) {
        final List<String> line = new ArrayList<>(
                List.of("reconcile", file.toString(), "--data", busy.data(), "--temporary", temporary.toString()));
        line.addAll(Arrays.asList(more));
        if (!line.contains("--from")) {
            line.addAll(List.of("--from", today.minusDays(1).toString()));
        }
        if (!line.contains("--to")) {
            line.addAll(List.of("--to", today.plusDays(1).toString()));
        }
        return BusyCity.run(line.toArray(String[]::new));
    }

    private static JsonNode json(final Result result) throws IOException {
        return new ObjectMapper().readTree(result.out());
    }

    /** A settlement that stands and is nobody's double. */
    private BookEntry lonely() {
        return entries.stream()
                .filter(entry -> entry.kind() == BookEntry.Kind.SETTLEMENT && !entry.isUndone())
                .filter(entry -> entries.stream()
                                .filter(other -> other.psnNo().equals(entry.psnNo())
                                        && other.medfeeFen() == entry.medfeeFen()
                                        && !other.isUndone())
                                .count()
                        == 1)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldFindBooksEqual() throws IOException {
        assertThat(entries)
                .anyMatch(entry ->
                        entry.kind() == BookEntry.Kind.REFUND && !entry.setlId().isEmpty());
        assertThat(entries)
                .anyMatch(entry ->
                        entry.kind() == BookEntry.Kind.REFUND && entry.setlId().isEmpty());
        assertThat(entries).anyMatch(entry -> !entry.mdtrtId().isEmpty());
        final Result all = reconcile(file("all.csv", entries));
        assertThat(all.exitCode()).as(all.out() + all.err()).isZero();
        assertThat(all.out()).contains("the books are equal");

        final List<BookEntry> standing = entries.stream()
                .filter(entry -> entry.kind() == BookEntry.Kind.SETTLEMENT && !entry.isUndone())
                .toList();
        final Result out = reconcile(file("standing.csv", standing), "--refunds", "out", "--json");
        assertThat(out.exitCode()).as(out.out() + out.err()).isZero();
        assertThat(json(out).get("equal").asInt()).isEqualTo(standing.size());

        final List<BookEntry> ofHospital = entries.stream()
                .filter(entry -> entry.institution().equals(SmallCity.HOSPITAL)
                        && entry.clrType().equals("11"))
                .toList();
        assertThat(reconcile(
                                file("one.csv", ofHospital),
                                "--institution",
                                SmallCity.HOSPITAL,
                                "--clr-type",
                                "11",
                                "--office",
                                SmallCity.COUNTY)
                        .exitCode())
                .isZero();
    }

    @Test
    void shouldNameWhatOneSideLacksAndHidePersons() throws IOException {
        final BookEntry missing = lonely();
        final List<BookEntry> rows = new ArrayList<>(entries);
        rows.remove(missing);
        final String more =
                "," + "," + SmallCity.psnNo(1) + ",7.00,1.00,1.00,0," + SmallCity.HOSPITAL + "202611280000009999\n";
        final Path found = directory.resolve("found.csv");
        final Result result = reconcile(file("less.csv", rows, more), "--out", found.toString());
        assertThat(result.exitCode()).isEqualTo(Settlegate.FOUND);
        assertThat(result.out())
                .contains("the books differ in 2 rows", "MISSING_AT_HOSPITAL", missing.setlId(), "BOOK_ANSWER")
                .contains("MISSING_AT_GATEWAY", "SETTLE_AGAIN");
        final String written = Files.readString(found);
        assertThat(written.lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith(
                        "MISSING_AT_HOSPITAL,,BOOK_ANSWER,G," + missing.setlId() + "," + missing.msgid() + ",,320"));
        for (int person = 0; person < SmallCity.PERSONS; person++) {
            assertThat(written + result.out() + result.err()).doesNotContain(SmallCity.psnNo(person));
        }

        final Result again = reconcile(directory.resolve("less.csv"), "--out", found.toString());
        assertThat(again.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(again.err()).contains("is there already and is not written over");
        assertThat(Files.readString(found)).isEqualTo(written);
    }

    @Test
    void shouldCompareThreeBooks() throws IOException {
        final BookEntry lost = lonely();
        final List<BookEntry> rows = new ArrayList<>(entries);
        rows.remove(lost);
        final Path bureau = file("bureau.csv", entries);
        final Result result = reconcile(file("hospital.csv", rows), "--bureau", bureau.toString(), "--json");
        assertThat(result.exitCode()).isEqualTo(Settlegate.FOUND);
        assertThat(json(result).get("standings").toString()).isEqualTo("{\"LOST_REPLY\":1}");
        assertThat(json(result).at("/first/0/setl_id").asText()).isEqualTo(lost.setlId());
        assertThat(json(result).at("/first/0/books").asText()).isEqualTo("GB");
        assertThat(json(result).at("/books/bureau/rows").asInt()).isEqualTo(entries.size());
    }

    @Test
    void shouldRefuseABadFileAndWrongUse() throws IOException {
        final Path found = directory.resolve("found.csv");
        final Result bad = reconcile(
                file("bad.csv", entries, "S1,," + SmallCity.psnNo(3) + ",1.001,0,0,0,\n"), "--out", found.toString());
        assertThat(bad.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(bad.err())
                .contains("line " + (entries.size() + 2) + ", medfee_sumamt: is no amount")
                .doesNotContain(SmallCity.psnNo(3));
        assertThat(found).doesNotExist();
        assertThat(reconcile(directory.resolve("bad.csv"), "--refunds", "both").exitCode())
                .isEqualTo(2);
        assertThat(reconcile(directory.resolve("bad.csv"), "--to", "2020-01-01").exitCode())
                .isEqualTo(2);
    }

    @Test
    void shouldShowPersonsAfterTheRecordOfIt() throws IOException {
        final BookEntry missing = lonely();
        final List<BookEntry> rows = new ArrayList<>(entries);
        rows.remove(missing);
        final Result result = reconcile(
                file("less.csv", rows),
                "--unmask",
                "--reason",
                "clearing of the day",
                "--operator-key",
                busy.city.data().resolve("keys").resolve("operator.pem").toString());
        assertThat(result.exitCode()).isEqualTo(Settlegate.FOUND);
        assertThat(result.out()).contains(missing.psnNo());
        assertThat(result.err()).contains("this reading is on record");
    }

    private static String row(final String setlId, final BookEntry entry, final String msgid) {
        return row(entry).replace(entry.setlId() + ",", setlId + ",").replace("," + entry.msgid(), "," + msgid);
    }

    /** The act that mends the only row of a file. */
    private String actFor(final String row, final String... more) throws IOException {
        final List<String> line = new ArrayList<>(List.of(more));
        line.add("--json");
        final JsonNode found = json(reconcile(file("single.csv", List.of(), row), line.toArray(String[]::new)));
        assertThat(found.at("/books/gateway/rows").asInt()).as(found.toString()).isZero();
        assertThat(found.at("/first/0/hospital_line").asText()).isEqualTo("2");
        return found.at("/first/0/act").asText();
    }

    @Test
    void shouldNotSettleAgainWhatTheGatewayHasOutsideTheChoice() throws IOException {
        final BookEntry entry = lonely();
        final BookEntry cancel = entries.stream()
                .filter(each ->
                        each.kind() == BookEntry.Kind.REFUND && !each.setlId().isEmpty())
                .findFirst()
                .orElseThrow();
        final String[][] choices = {
            {"--clr-type", "21"},
            {"--office", SmallCity.REGION},
            {"--institution", "P32030200009"},
            {"--from", today.plusDays(1).toString()},
            {"--from", "2020-01-01", "--to", "2020-01-02"}
        };
        for (final String[] choice : choices) {
            assertThat(actFor(row(entry), choice)).isEqualTo("CALL");
            assertThat(actFor(row(entry.setlId(), entry, ""), choice)).isEqualTo("CALL");
            assertThat(actFor(row("", entry, entry.msgid()), choice)).isEqualTo("CALL");
            assertThat(actFor(row(cancel), choice)).isEqualTo("CALL");
            assertThat(actFor(row("", cancel, cancel.msgid()), choice)).isEqualTo("CALL");
            assertThat(actFor(row("", entry, entry.institution() + "202611280000009999"), choice))
                    .as("nobody has it")
                    .isEqualTo("SETTLE_AGAIN");
        }
    }

    @Test
    void shouldCallForANumberThatCannotBeLookedUp() throws IOException {
        final BookEntry entry = lonely();
        final String[] choice = {"--clr-type", "21"};
        final String head = entry.setlId().substring(0, 14);
        assertThat(actFor(row(head + "0000000000000001", entry, ""), choice))
                .as("a record that gave no such number")
                .isEqualTo("SETTLE_AGAIN");
        assertThat(actFor(row(head + "0000000000000000", entry, ""), choice))
                .as("as a spreadsheet leaves it")
                .isEqualTo("CALL");
        assertThat(actFor(row(head + "9000000000000000", entry, ""), choice))
                .as("later than this journal")
                .isEqualTo("CALL");
        assertThat(actFor(row("3.20303E+29", entry, ""), choice)).isEqualTo("CALL");
        assertThat(actFor(row("", entry, "M-1"), choice)).isEqualTo("CALL");
        assertThat(actFor(row("", entry, entry.institution() + "202613280000000001"), choice))
                .as("of no time")
                .isEqualTo("CALL");
    }

    @Test
    void shouldCallForRowsBeyondThoseThatAreLookedUp() throws IOException {
        final int looked = 20_000;
        final StringBuilder rows = new StringBuilder();
        for (int i = 0; i < looked + 2; i++) {
            rows.append(",,")
                    .append(SmallCity.psnNo(1))
                    .append(",7.00,1.00,1.00,0,")
                    .append(SmallCity.HOSPITAL)
                    .append(String.format("202611281200%02d%04d", i / 1_000, i % 1_000))
                    .append('\n');
        }
        final Path found = directory.resolve("found.csv");
        final Result result =
                reconcile(file("other.csv", List.of(), rows.toString()), "--clr-type", "21", "--out", found.toString());
        assertThat(result.exitCode()).as(result.err()).isEqualTo(Settlegate.FOUND);
        final List<String> lines = Files.readAllLines(found);
        assertThat(lines).filteredOn(line -> line.contains(",SETTLE_AGAIN,")).hasSize(looked);
        assertThat(lines).filteredOn(line -> line.contains(",CALL,")).hasSize(2);
    }

    @Test
    void shouldReadAZipOfOneText() throws IOException {
        final Path zip = directory.resolve("all.zip");
        final byte[] text = Files.readAllBytes(file("all.csv", entries));
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("all.txt"));
            out.write(text);
        }
        assertThat(reconcile(zip).exitCode()).isZero();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("all.txt"));
            out.write(text);
            out.putNextEntry(new ZipEntry("more.txt"));
        }
        final Result refused = reconcile(zip);
        assertThat(refused.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(refused.err()).contains("holds 2 files");
    }

    @Test
    void shouldSayWhatToDoWithRefundsThatAreOut() throws IOException {
        final Result refused = reconcile(file("all.csv", entries), "--refunds", "out");
        assertThat(refused.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(refused.err()).contains("leave out refunds and what they undid, or compare with refunds in");
    }
}
