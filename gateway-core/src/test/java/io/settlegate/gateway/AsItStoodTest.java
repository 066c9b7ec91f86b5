package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.PlainBook.Entry;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.operations.PersonState;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RegistrationOutcomeDecoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person's history over a year's end, shown as it stood at each of its moments, against a book kept by plain arithmetic. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class AsItStoodTest {
    /** A worker, because even. */
    private static final int PERSON = 2;

    private static final int HOSPITAL = SmallCity.TERMINALS_PER_INSTITUTION;
    private static final String ITEM = "XB03ACY199B002010104718";

    /** After a record: its sequence and time, and the book. */
    private record Moment(String what, long sequence, long timeMs, PlainBook book) {}

    private final List<Moment> moments = new ArrayList<>();
    private final Map<String, Entry> undone = new HashMap<>();
    private SmallCity city;
    private WrittenJournal journal;
    private RequestSigner signer;
    private PlainBook book;
    private String cancelMsgid;
    private long lastSequence;
    private long snapshotSequence;

    @BeforeAll
    void live(@TempDir final Path directory) throws IOException {
        city = SmallCity.found(directory);
        book = new PlainBook(SmallCity.BALANCE_FEN);
        try (WrittenJournal written = new WrittenJournal(city)) {
            journal = written;
            signer = written.signer(HOSPITAL);
            moment("founded");
            settle(500_00);
            moment("settled within the deductible");
            final Entry second = settle(900_00);
            moment("settled beyond it");
            cancel(second);
            moment("cancelled");
            reverseCancel(second);
            moment("its cancel reversed");
            cancel(second);
            moment("cancelled again");
            final Entry third = settle(1_000_37);
            moment("settled again");
            reverse(third);
            moment("reversed");
            SmallCity.run("journal", "snapshot", city.data().toString());
            snapshotSequence = journal.lastSequence();
            journal.append(journal.acts().allocate("B-2", SmallCity.psnNo(PERSON), 123_45));
            book.balanceFen += 123_45;
            moment("allocated");
            visit();
            moment("two lines uploaded");
            journal.append(journal.acts().person(SmallCity.psnNo(PERSON), PersonState.FROZEN));
            book.isFrozen = true;
            moment("frozen");
            journal.append(journal.acts().person(SmallCity.psnNo(PERSON), PersonState.RELEASED));
            book.isFrozen = false;
            moment("released");
            journal.advanceTo(newYear(journal.nowMs()));
            book.stagedLines = -1;
            settle(6_000_00);
            moment("settled in the next year, more than the account holds");
            lastSequence = journal.lastSequence();
        }
    }

    /** In February of the next year: behind the horizon of this year's settlements, and the visit has expired. */
    private static long newYear(final long nowMs) {
        return LocalDateTime.of(PlainBook.yearOf(nowMs) + 1, 2, 2, 10, 0)
                .toInstant(ZoneOffset.ofHours(8))
                .toEpochMilli();
    }

    private void moment(final String what) {
        moments.add(new Moment(what, journal.lastSequence(), journal.nowMs(), book.copy()));
        journal.advanceTo(journal.nowMs() + TimeUnit.MINUTES.toMillis(1));
    }

    private Entry settle(final long billFen) {
        final Settlement settlement = new Settlement(
                SmallCity.psnNo(PERSON),
                SmallCity.COUNTY,
                "02",
                SmallCity.certno(PERSON),
                journal.nowMs(),
                SmallCity.insutype(PERSON),
                "11",
                Settlement.AccountUse.USED,
                "",
                "",
                List.of(new Settlement.Line("L1", ITEM, billFen, 1_0000, billFen * 10_000, "")));
        final PharmacySettleOutcomeDecoder settled =
                settlement(done(signer.settle(msgid(), settlement).frame()));
        final Entry entry = book.settle(settled.setlId(), journal.nowMs(), billFen);
        assertThat(List.of(
                        settled.actPayDedcFen(),
                        settled.fundPaySumamtFen(),
                        settled.acctPayFen(),
                        settled.psnCashPayFen(),
                        settled.balcFen()))
                .as("the book computes as the engine does")
                .containsExactly(
                        entry.dedcFen(), entry.fundFen(), entry.accountFen(), entry.cashFen(), book.balanceFen);
        msgids.put(entry.setlId(), settled.header().msgid());
        return entry;
    }

    private final Map<String, String> msgids = new HashMap<>();

    private void cancel(final Entry entry) {
        done(signer.cancel(msgid(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), entry.setlId())
                .frame());
        book.undo(entry);
        undone.put(entry.setlId(), entry);
        cancelMsgid = journal.lastMsgid();
    }

    private void reverseCancel(final Entry entry) {
        done(signer.reverse(msgid(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), cancelMsgid, "2103")
                .frame());
        book.redo(entry);
    }

    private void reverse(final Entry entry) {
        done(signer.reverse(msgid(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), msgids.get(entry.setlId()), "2102")
                .frame());
        book.undo(entry);
        undone.put(entry.setlId(), entry);
    }

    private void visit() {
        final Patient patient = new Patient(PERSON, SmallCity.COUNTY, journal.nowMs());
        final byte[] opened = done(
                signer.outpatient().register(msgid(), patient.registration()).frame());
        final String mdtrtId = new RegistrationOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(opened), 0, new MessageHeaderDecoder())
                .mdtrtId();
        done(signer.outpatient()
                .describe(msgid(), patient.details(mdtrtId, Patient.OUTPATIENT))
                .frame());
        done(signer.outpatient()
                .uploadLines(
                        msgid(),
                        new FeeLines(
                                patient.key(mdtrtId),
                                "B1",
                                List.of(patient.line("F1", ITEM, 1), patient.line("F2", ITEM, 3))))
                .frame());
        book.stagedLines = 2;
        book.stagedFen = 4 * 12_50;
    }

    private String msgid() {
        return journal.nextMsgid(SmallCity.HOSPITAL);
    }

    private byte[] done(final byte[] frame) {
        final byte[] outcome = journal.append(frame);
        assertThat(Answer.codeOf(outcome)).isEqualTo(ResultCode.OK);
        return outcome;
    }

    private static PharmacySettleOutcomeDecoder settlement(final byte[] outcome) {
        return new PharmacySettleOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    @Test
    void shouldShowEachMomentAsItStoodBySequenceAndByTime() throws IOException {
        for (final Moment moment : moments) {
            final JsonNode bySequence = show("--person", SmallCity.psnNo(PERSON), "--at", "" + moment.sequence());
            compare(bySequence, moment);
            final JsonNode byTime = show("--person", SmallCity.psnNo(PERSON), "--at", ShownTime.of(moment.timeMs()));
            compare(byTime, moment);
            assertThat(byTime.get("settlements")).isEqualTo(bySequence.get("settlements"));
        }
        final JsonNode now = show("--cert", "01:" + SmallCity.certno(PERSON));
        compare(now, moments.get(moments.size() - 1));
        assertThat(now.at("/settlementsRead/toSequence").asLong()).isEqualTo(lastSequence);
    }

    private void compare(final JsonNode found, final Moment moment) {
        final String what = moment.what();
        final PlainBook then = moment.book();
        assertThat(found.at("/at/lastSequence").asLong()).as(what).isEqualTo(moment.sequence());
        assertThat(found.at("/at/mismatches").asLong()).as(what).isZero();
        assertThat(found.at("/start/isSnapshot").asBoolean()).as(what).isEqualTo(moment.sequence() >= snapshotSequence);
        assertThat(found.at("/account/balcFen").asLong()).as(what).isEqualTo(then.balanceFen);
        assertThat(found.at("/person/frozenFlag").asInt()).as(what).isEqualTo(then.isFrozen ? 1 : 0);
        assertThat(found.at("/person/insutype").asText()).isEqualTo("310");
        final Map<Integer, Map<String, Long>> used = new HashMap<>();
        for (final JsonNode year : found.get("accumulators")) {
            final Map<String, Long> amounts = new HashMap<>();
            year.get("used")
                    .forEach(slot -> amounts.put(
                            slot.get("name").asText(), slot.get("amountFen").asLong()));
            used.put(year.get("year").asInt(), amounts);
        }
        final Map<Integer, Map<String, Long>> expected = new HashMap<>();
        then.years.forEach((number, year) -> {
            final Map<String, Long> amounts = new HashMap<>();
            amounts.put("outpatient.deductible", year.dedcFen);
            amounts.put("outpatient.base", year.baseFen);
            amounts.put("outpatient.paid", year.fundFen);
            amounts.values().removeIf(amount -> amount == 0);
            if (!amounts.isEmpty()) {
                expected.put(number, amounts);
            }
        });
        assertThat(used).as(what).isEqualTo(expected);
        assertThat(found.get("settlements").findValuesAsText("setlId"))
                .as(what)
                .containsExactlyElementsOf(
                        then.standing.stream().map(Entry::setlId).toList());
        assertThat(found.get("settlementsUndoneBefore").asInt()).as(what).isEqualTo(then.undoneCount);
        for (final JsonNode settlement : found.get("settlements")) {
            compareSettlement(settlement, moment);
        }
        if (then.stagedLines > 0) {
            assertThat(found.get("visits")).as(what).hasSize(1);
            assertThat(found.at("/visits/0/unsettledLines").asInt()).isEqualTo(then.stagedLines);
            assertThat(found.at("/visits/0/unsettledFen").asLong()).isEqualTo(then.stagedFen);
        } else {
            assertThat(found.get("visits"))
                    .as(what + ": not opened, or expired")
                    .isEmpty();
        }
    }

    private void compareSettlement(final JsonNode settlement, final Moment moment) {
        final String setlId = settlement.get("setlId").asText();
        final Entry entry = moment.book().standing.stream()
                .filter(standing -> standing.setlId().equals(setlId))
                .findFirst()
                .orElseThrow();
        assertThat(settlement.get("msgid").asText()).isEqualTo(msgids.get(setlId));
        assertThat(settlement.get("transaction").asText()).isEqualTo("2102");
        assertThat(settlement.get("fixmedinsCode").asText()).isEqualTo(SmallCity.HOSPITAL);
        assertThat(settlement.get("institution").asText()).isEqualTo("Hospital");
        assertThat(settlement.at("/shares/fundPaySumamtFen").asLong()).isEqualTo(entry.fundFen());
        assertThat(settlement.at("/shares/acctPayFen").asLong()).isEqualTo(entry.accountFen());
        assertThat(settlement.at("/shares/psnCashPayFen").asLong()).isEqualTo(entry.cashFen());
        assertThat(settlement.has("undoneLater")).as(moment.what()).isEqualTo(undone.containsKey(setlId));
        if (undone.containsKey(setlId)) {
            assertThat(settlement.at("/undoneLater/sequence").asLong()).isGreaterThan(moment.sequence());
            assertThat(settlement.at("/undoneLater/transaction").asText()).isIn("2103", "2601");
        }
    }

    @Test
    void shouldTellAPersonInWordsAndNameNobody() {
        final Result shown = execute(
                "--person", SmallCity.psnNo(PERSON), "--at", "" + moments.get(2).sequence());
        assertThat(shown.exitCode).isZero();
        assertThat(shown.out)
                .contains("As it stood at ")
                .containsPattern("account \\(balc\\) +4125\\.00 yuan")
                .containsPattern("outpatient\\.deductible +700\\.00")
                .contains("undone later by 2103, record ")
                .contains("; stood again by 2601, record ")
                .doesNotContain(SmallCity.psnNo(PERSON))
                .doesNotContain(SmallCity.certno(PERSON))
                .doesNotContain("Person" + PERSON);
        final String json = execute("--person", SmallCity.psnNo(PERSON), "--json").out;
        assertThat(json)
                .contains("\"psnName\" : \"P**\"")
                .doesNotContain(SmallCity.psnNo(PERSON))
                .doesNotContain(SmallCity.certno(PERSON))
                .doesNotContain("Person" + PERSON);
    }

    @Test
    void shouldSayWhoAndWhatIsNotThere() {
        final Result unknown = execute("--person", "99999999999999999999");
        assertThat(unknown.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(unknown.err).contains("no such person was registered then").doesNotContain("99999999999999999999");
        assertThat(execute("--person", SmallCity.psnNo(PERSON), "--at", "1").err)
                .contains("no such person was registered then, after record 1");
        assertThat(execute("--person", SmallCity.psnNo(PERSON), "--at", "2001-01-01").err)
                .contains("no record of this journal is as early");
        assertThat(execute("--cert", SmallCity.certno(PERSON)).err)
                .contains("--cert wants TYPE:NO")
                .doesNotContain(SmallCity.certno(PERSON));
        assertThat(execute("--sequence", "3", "--at", "2").err).contains("--at goes with --person or --cert");
        assertThat(execute("--sequence", "3").exitCode).isZero();
    }

    private JsonNode show(final String... options) throws IOException {
        final String[] arguments = new String[options.length + 1];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = "--json";
        final Result result = execute(arguments);
        assertThat(result.exitCode).as(result.err).isZero();
        return new ObjectMapper().readTree(result.out);
    }

    private record Result(int exitCode, String out, String err) {}

    private Result execute(final String... options) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final List<String> arguments =
                new ArrayList<>(List.of("journal", "show", city.data().toString()));
        arguments.addAll(List.of(options));
        final int exitCode = Settlegate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(new String[0]));
        return new Result(exitCode, out.toString(), err.toString());
    }
}
