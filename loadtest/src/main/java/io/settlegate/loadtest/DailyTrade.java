package io.settlegate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.settlegate.loadtest.books.Acknowledged;
import io.settlegate.loadtest.books.Books;
import io.settlegate.loadtest.books.HospitalFile;
import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.gateway.SampleGateway;
import io.settlegate.loadtest.population.Bill;
import io.settlegate.loadtest.population.BillGenerator;
import io.settlegate.loadtest.population.BillLine;
import io.settlegate.loadtest.population.Institution;
import io.settlegate.loadtest.population.LineCount;
import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.LosingProxy;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.GatewayEndpoint;
import io.settlegate.protocol.client.RecordAnswer;
import io.settlegate.protocol.client.RecordPage;
import io.settlegate.protocol.client.RecordsQuery;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.desk.KnownOutcome;
import io.settlegate.protocol.client.desk.SettlementDesk;
import io.settlegate.protocol.client.desk.UnknownRule;
import io.settlegate.protocol.codec.RecordState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What happens at a hospital's window on any day, once: a reply is lost, a settlement is cancelled by mistake, somebody asks what was
 * settled, the books are compared, the day is cleared. Its answers are entered in the fleet's books.
 *
 * <p>For one thread, which blocks; no wait without a deadline.
 */
final class DailyTrade {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final UnknownRule RULE = UnknownRule.ask(Duration.ofSeconds(5), 3);
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
    private static final int MAX_PERSONS = 20;
    private static final String CANCEL_INFNO = "2103";

    private final SampleGateway sample;
    private final Population population;
    private final Terminal terminal;
    private final Books books;
    private final Screen screen;
    private final List<Check> checks = new ArrayList<>();
    private final LocalDate firstDay = LocalDate.now(ZONE);
    private String lostMsgid;
    private Person person;
    private LocalDate day;

    DailyTrade(final SampleGateway sample, final Population population, final Books books, final Screen screen) {
        this.sample = sample;
        this.population = population;
        this.terminal = population.terminals().get(0);
        this.books = books;
        this.screen = screen;
    }

    /** What is done while the gateway runs, at a terminal behind a bad line. */
    void atTheWindow(final InetSocketAddress gateway) throws IOException, GatewayException {
        screen.progress("window", "a terminal behind a bad line is connecting");
        final Institution institution = terminal.institution();
        final TerminalIdentity identity =
                new TerminalIdentity(terminal.sn(), institution.fixmedinsCode(), institution.admdvs(), terminal.key());
        day = LocalDate.now(ZONE);
        try (LosingProxy line = new LosingProxy(gateway);
                TerminalClient client = TerminalClient.connect(
                        new GatewayEndpoint(List.of(line.address()), SampleGateway.GATEWAY_ID, sample.publicKey()),
                        identity,
                        ClientTiming.DEFAULT,
                        Clock.systemUTC());
                SettlementDesk desk =
                        SettlementDesk.open(client, sample.directory().resolve("desk"))) {
            loseReply(client, desk, line);
            cancelAndReverse(client);
            askForRecords(client);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException("interrupted in the daily trade", e);
        }
    }

    private void loseReply(final TerminalClient client, final SettlementDesk desk, final LosingProxy line)
            throws IOException, GatewayException, InterruptedException {
        final BillGenerator bills = new BillGenerator(population, LineCount.MIXED, population.seed());
        final Iterator<Person> persons =
                population.persons().stream().limit(MAX_PERSONS).iterator();
        KnownOutcome known = null;
        while (persons.hasNext() && (known == null || known.end() == KnownOutcome.End.REFUSED)) {
            // Some of the city are not insured at present, and are refused.
            person = persons.next();
            final SignedRequest request = settle(client, bills.next(terminal.institution()));
            line.loseNextReply();
            known = get(desk.settleOrReverse(request, RULE), "the desk's end of " + request.msgid());
            book(request, known.code(), known.outcome(), known.receipt());
        }
        if (known == null) {
            throw new GatewayException("the sample city has nobody");
        }
        lostMsgid = known.msgid();
        screen.step("window", "the reply to a settlement was lost on the line; the desk brought it to its end");
        checks.add(Check.that(
                "a lost reply, settleOrReverse",
                known.end() + ", " + line.lostCount() + " lost",
                known.end() == KnownOutcome.End.SETTLED && line.lostCount() > 0));
    }

    private void cancelAndReverse(final TerminalClient client) throws GatewayException, InterruptedException {
        final BillGenerator bills = new BillGenerator(population, LineCount.MIXED, population.seed() + 1);
        final SignedRequest settle = settle(client, bills.next(terminal.institution()));
        final Answer settled = send(client, settle);
        final SignedRequest cancel = client.requests()
                .cancel(
                        client.nextMsgid(),
                        person.insuplcAdmdvs(),
                        person.psnNo(),
                        settled.settlement().setlId());
        send(client, cancel);
        final SignedRequest reversal = client.requests()
                .reverse(client.nextMsgid(), person.insuplcAdmdvs(), person.psnNo(), cancel.msgid(), CANCEL_INFNO);
        send(client, reversal);
        final Answer now = get(
                client.send(client.requests().query(client.nextMsgid(), settle.msgid())), "the state of a settlement");
        screen.more("another was cancelled by mistake (2103) and the cancel reversed (2601): it stands again");
        checks.add(Check.that(
                "a cancel reversed: the settlement",
                now.query().state().name(),
                now.query().state() == RecordState.DONE));
    }

    private void askForRecords(final TerminalClient client) throws GatewayException, InterruptedException {
        final long begnMs = firstDay.atStartOfDay().toInstant(ZONE).toEpochMilli();
        RecordsQuery wanted = RecordsQuery.byPerson(
                person.psnNo(),
                begnMs,
                LocalDate.now(ZONE).plusDays(1).atStartOfDay().toInstant(ZONE).toEpochMilli());
        int found = 0;
        int booked = 0;
        int atLost = 0;
        boolean isMore = true;
        while (isMore) {
            // The client verifies the receipt of each record before it hands over a page.
            final RecordPage page = get(client.query(wanted), "5203").page();
            for (final RecordAnswer record : page.records()) {
                final String msgid = record.answer().msgid();
                found++;
                atLost += msgid.equals(lostMsgid) ? 1 : 0;
                if (books.acknowledged(msgid) != null) {
                    booked++;
                    books.compare(msgid, record.state(), record.answer().outcome());
                }
            }
            isMore = page.hasNext();
            wanted = wanted.after(page.nextAfterSequence());
        }
        screen.more("the person's answers of record were asked for (5203), their receipts verified");
        checks.add(Check.equal("answers of record by person (5203)", Numbers.count(booked), Numbers.count(found)));
        checks.add(Check.that("the settlement whose reply was lost", "stands " + atLost + " time", atLost == 1));
    }

    /** What is done with the journal alone. */
    void atTheOffice() throws IOException, GatewayException {
        screen.progress("reconcile", "comparing a hospital's books with the journal");
        final String code = terminal.institution().fixmedinsCode();
        final LocalDate lastDay = LocalDate.now(ZONE);
        final HospitalFile file = HospitalFile.of(books, code);
        final boolean isLeftOut = file.leaveOut(lostMsgid);
        final Path csv = sample.directory().resolve("hospital.csv");
        file.write(csv);
        final JsonNode found = sample.commands().reconcile(csv, code, firstDay, lastDay);
        final String missing = found.at("/first/0/msgid").asText();
        screen.step("reconcile", "a file of " + Numbers.count(file.rowCount()) + " rows, without " + lostMsgid + ";");
        screen.more("found by the journal: " + found.path("found").asText() + ", " + missing);
        checks.add(Check.equal(
                "reconcile: rows equal", Numbers.count(file.rowCount()), Numbers.count(Proof.number(found, "equal"))));
        checks.add(Check.that(
                "reconcile: the row left out, nothing else",
                found.path("found") + " found",
                isLeftOut
                        && Proof.number(found, "found") == 1
                        && found.at("/differences/MISSING_AT_HOSPITAL").asLong() == 1
                        && missing.equals(lostMsgid)));
        clear(code, lastDay);
    }

    private void clear(final String code, final LocalDate lastDay) throws GatewayException {
        screen.progress("clearing", "writing a statement");
        final Path pages = sample.directory().resolve("statement");
        final JsonNode statement = sample.commands().statement(person.insuplcAdmdvs(), code, day, pages);
        screen.step("clearing", "statement of " + day + ", office " + person.insuplcAdmdvs() + ":");
        screen.more(sample.directory().relativize(pages.resolve("index.html"))
                + " in the demo's directory, which --keep keeps");
        final long rows = statement.at("/totals/settlements").asLong()
                + statement.at("/totals/refunds").asLong();
        checks.add(Check.that(
                "statement: laws of the amounts, sums of rows",
                Numbers.count(rows) + " rows",
                rows > 0 && holds(statement.path("checks"))));
        screen.progress("activity", "counting credentials");
        final JsonNode whole = sample.commands().activity(firstDay, lastDay).path("whole");
        screen.step(
                "activity",
                whole.path("by_01").asText() + " of "
                        + whole.path("settlements").asText()
                        + " settlements by e-voucher; "
                        + whole.path("activationRate").asText()
                        + " % of the insured have one");
    }

    private static boolean holds(final JsonNode laws) {
        int count = 0;
        for (final JsonNode law : laws) {
            if (law.isBoolean()) {
                count++;
                if (!law.booleanValue()) {
                    return false;
                }
            }
        }
        return count > 0;
    }

    /** The lines of the proof, with those that need the replay. */
    List<Check> checks(final JsonNode replay) throws GatewayException {
        final List<Check> all = new ArrayList<>(checks);
        all.add(Check.equal(
                "cancels / of them reversed",
                books.cancelCount() + " / " + books.reversedCancelCount(),
                Proof.number(replay, "cancels") + " / " + Proof.number(replay, "reversedCancels")));
        return all;
    }

    private SignedRequest settle(final TerminalClient client, final Bill bill) {
        final List<Settlement.Line> lines = new ArrayList<>();
        for (final BillLine line : bill.lines()) {
            lines.add(new Settlement.Line(
                    Integer.toString(lines.size() + 1),
                    line.item().medListCodg(),
                    line.amountFen(),
                    line.cntE4(),
                    line.pricE6(),
                    ""));
        }
        final Institution institution = terminal.institution();
        return client.requests()
                .settle(
                        client.nextMsgid(),
                        new Settlement(
                                person.psnNo(),
                                person.insuplcAdmdvs(),
                                "02",
                                person.certno(),
                                System.currentTimeMillis(),
                                person.insutype(),
                                institution.medType(),
                                Settlement.AccountUse.USED,
                                "",
                                institution.isPharmacy() ? "" : "J06.900",
                                lines));
    }

    private Answer send(final TerminalClient client, final SignedRequest request)
            throws GatewayException, InterruptedException {
        final Answer answer = get(client.send(request), "the answer to " + request.msgid());
        if (answer.code() != ResultCode.OK) {
            throw new GatewayException(request.msgid() + " was refused: " + answer.code());
        }
        book(request, answer.code(), answer.outcome(), answer.receipt());
        return answer;
    }

    private void book(final SignedRequest request, final ResultCode code, final byte[] outcome, final byte[] receipt) {
        if (code == ResultCode.OK) {
            books.acknowledge(new Acknowledged(request.msgid(), request.frame(), outcome, receipt));
        }
    }

    private static <T> T get(final CompletableFuture<T> future, final String what)
            throws GatewayException, InterruptedException {
        try {
            return future.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            throw new GatewayException("after " + DEADLINE.toSeconds() + " s there was not " + what, e);
        } catch (final ExecutionException e) {
            throw new GatewayException(
                    "there was not " + what + ": " + e.getCause().getMessage(), e);
        }
    }
}
