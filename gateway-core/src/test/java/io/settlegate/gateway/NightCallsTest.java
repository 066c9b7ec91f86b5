package io.settlegate.gateway;

import static io.settlegate.gateway.NightShift.HOSPITAL_TERMINAL;
import static io.settlegate.gateway.NightShift.PHARMACY_TERMINAL;
import static io.settlegate.gateway.NightShift.ask;
import static io.settlegate.gateway.NightShift.await;
import static io.settlegate.gateway.NightShift.balanceFen;
import static io.settlegate.gateway.NightShift.get;
import static io.settlegate.gateway.NightShift.reversal;
import static io.settlegate.gateway.NightShift.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.settlegate.gateway.operations.ActAnswer;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.RecordAnswer;
import io.settlegate.protocol.client.RecordsQuery;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.StatementExchange;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.desk.KnownOutcome;
import io.settlegate.protocol.client.desk.KnownOutcome.End;
import io.settlegate.protocol.client.desk.SettlementDesk;
import io.settlegate.protocol.client.desk.UnknownRule;
import io.settlegate.protocol.client.statement.StatementFinding;
import io.settlegate.protocol.client.statement.StatementRow;
import io.settlegate.protocol.client.statement.StatementScope;
import io.settlegate.protocol.client.statement.StatementSums;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.StatementDifference;
import io.settlegate.protocol.codec.StatementTotalsOutcomeDecoder;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What makes hospitals call at night, each against a gateway over TCP. After each case the journal replays to the same. */
@Timeout(180)
class NightCallsTest {
    private static final UnknownRule ASK = UnknownRule.ask(Duration.ofMillis(500), 50);
    private static final long PRICE_FEN = 2_500;
    private static final int ROUNDS = 12;

    @TempDir
    private Path directory;

    private NightShift night;

    @BeforeEach
    void begin() throws Exception {
        night = new NightShift(directory);
    }

    @AfterEach
    void endAndReplay() throws Exception {
        night.endAndReplay();
    }

    @Test
    void theReplyIsLost() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final long before = balanceFen(window);
        night.network().be(RudeProxy.Manner.SWALLOWS);
        final SignedRequest purchase = night.purchase(window);
        final CompletableFuture<KnownOutcome> known = night.desk(window).settleOrReverse(purchase, ASK);
        await("the reply is lost", () -> night.network().lostCount() > 0);
        night.network().be(RudeProxy.Manner.POLITE);

        assertThat(get(known).end()).isEqualTo(End.SETTLED);
        final Answer ofRecord = answerOfRecord(window, purchase);
        assertThat(get(known).outcome()).as("byte for byte").isEqualTo(ofRecord.outcome());
        assertThat(get(known).receipt()).isEqualTo(ofRecord.receipt());
        assertRepeats(ask(window, purchase), ofRecord);
        assertThat(balanceFen(window)).as("paid once").isEqualTo(before - PRICE_FEN);
    }

    @Test
    void theRequestIsLost() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final long before = balanceFen(window);
        night.network().be(RudeProxy.Manner.DEAF);
        final CompletableFuture<KnownOutcome> known = night.desk(window).settleOrReverse(night.purchase(window), ASK);
        await("the request is lost", () -> night.network().lostCount() > 0);
        night.network().be(RudeProxy.Manner.POLITE);

        assertThat(get(known).end()).isEqualTo(End.SETTLED);
        assertThat(balanceFen(window)).as("paid once").isEqualTo(before - PRICE_FEN);
    }

    @Test
    void theReplyIsLostAndTheCustomerWalksAway() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final long before = balanceFen(window);
        night.network().be(RudeProxy.Manner.SWALLOWS);
        final SignedRequest purchase = night.purchase(window);
        final CompletableFuture<KnownOutcome> known =
                night.desk(window).settleOrReverse(purchase, UnknownRule.reverse(Duration.ofMillis(300)));
        await("the reversal's reply is lost too", () -> night.network().lostCount() > 1);
        night.network().be(RudeProxy.Manner.POLITE);

        assertThat(get(known).end()).isEqualTo(End.REVERSED);
        assertThat(state(window, purchase.msgid())).isEqualTo(RecordState.REVERSED);
        assertThat(balanceFen(window)).as("given back").isEqualTo(before);
    }

    @Test
    void theButtonIsClickedTwice() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final long before = balanceFen(window);
        final SettlementDesk desk = night.desk(window);
        final SignedRequest purchase = night.purchase(window);
        final CompletableFuture<KnownOutcome> first = desk.settleOrReverse(purchase, ASK);
        assertThat(secondClick(desk, purchase))
                .as("at the desk already, or the same end")
                .isIn(null, End.SETTLED);

        assertThat(get(first).end()).isEqualTo(End.SETTLED);
        final Answer again = ask(window, purchase);
        assertThat(again.kind()).isEqualTo(ReplyKind.REPEAT);
        assertThat(again.outcome()).as("byte for byte").isEqualTo(get(first).outcome());
        assertThat(again.receipt()).isEqualTo(get(first).receipt());
        assertThat(balanceFen(window)).as("paid once").isEqualTo(before - PRICE_FEN);
    }

    private static End secondClick(final SettlementDesk desk, final SignedRequest purchase) throws Exception {
        try {
            return get(desk.settleOrReverse(purchase, ASK)).end();
        } catch (final IllegalArgumentException underWay) {
            return null;
        }
    }

    @Test
    void theSameRequestArrivesTwiceAtOnce() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final TerminalClient again = night.terminal(PHARMACY_TERMINAL);
        final long before = balanceFen(window);
        final SignedRequest purchase = night.purchase(window);
        final CompletableFuture<Answer> one = window.send(purchase);
        final CompletableFuture<Answer> other = again.send(purchase);

        assertThat(List.of(get(one).kind(), get(other).kind()))
                .as("settled by one, repeated to the other")
                .containsExactlyInAnyOrder(ReplyKind.FIRST, ReplyKind.REPEAT);
        assertThat(get(one).outcome()).as("byte for byte").isEqualTo(get(other).outcome());
        assertThat(get(one).receipt()).isEqualTo(get(other).receipt());
        assertThat(balanceFen(window)).as("paid once").isEqualTo(before - PRICE_FEN);
    }

    @Test
    void theBillIsSentAgainUnderASecondMsgid() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final long before = balanceFen(window);
        final SignedRequest meant = night.purchase(window);
        final SignedRequest doubled = night.purchase(window);
        final CompletableFuture<Answer> first = window.send(meant);
        final CompletableFuture<Answer> second = window.send(doubled);
        assertThat(get(first).code()).isEqualTo(ResultCode.OK);
        assertThat(get(second).code())
                .as("the gateway cannot know that it is the same bill")
                .isEqualTo(ResultCode.OK);

        final RecordsQuery ofThePatient = RecordsQuery.byPerson(SmallCity.psnNo(NightShift.PERSON), 0, Long.MAX_VALUE);
        assertThat(get(window.query(ofThePatient)).page().records())
                .as("both are shown")
                .extracting(record -> record.answer().msgid())
                .containsExactlyInAnyOrder(meant.msgid(), doubled.msgid());
        final List<StatementFinding> found = new StatementExchange(window, Duration.ofSeconds(60))
                .compare("DOUBLE", today(), "", List.of(row(get(first), meant.msgid())));
        assertThat(found)
                .as("a book of one row finds the double and the one it doubles")
                .extracting(StatementFinding::difference, StatementFinding::msgid, StatementFinding::other)
                .containsExactly(tuple(StatementDifference.DOUBLED_AT_GATEWAY, doubled.msgid(), meant.msgid()));
        assertThat(ask(window, reversal(window, doubled, "2102")).reversal().effect())
                .isEqualTo(ReversalEffect.REVERSED);
        assertThat(balanceFen(window)).as("paid once").isEqualTo(before - PRICE_FEN);
    }

    @Test
    void twoWindowsSettleForOnePersonAtOnce() throws Exception {
        final TerminalClient one = night.terminal(PHARMACY_TERMINAL);
        final TerminalClient other = night.terminal(PHARMACY_TERMINAL + 1);
        long balance = balanceFen(one);
        for (int round = 0; round < ROUNDS; round++) {
            final CompletableFuture<Answer> atOne = one.send(night.purchase(one));
            final CompletableFuture<Answer> atOther = other.send(night.purchase(other));

            assertThat(List.of(
                            get(atOne).settlement().balcFen(),
                            get(atOther).settlement().balcFen()))
                    .as("one paid after the other, round %d", round)
                    .containsExactlyInAnyOrder(balance - PRICE_FEN, balance - 2 * PRICE_FEN);
            balance -= 2 * PRICE_FEN;
            assertThat(balanceFen(other)).isEqualTo(balance);
        }
    }

    @Test
    void twoWindowsSettleOneVisitAtOnce() throws Exception {
        final TerminalClient one = night.terminal(HOSPITAL_TERMINAL);
        final TerminalClient other = night.terminal(HOSPITAL_TERMINAL + 1);
        final Patient patient = new Patient(NightShift.PERSON, SmallCity.COUNTY, System.currentTimeMillis());
        final String visit = ask(one, one.requests().outpatient().register(one.nextMsgid(), patient.registration()))
                .visit()
                .mdtrtId();
        ask(one, one.requests().outpatient().describe(one.nextMsgid(), patient.details(visit, Patient.OUTPATIENT)));
        final FeeSplit split = FeeSplit.of(ask(one, lines(one, patient, visit)).feeLines());

        final CompletableFuture<Answer> atOne = one.send(settlement(one, patient, visit, split));
        final CompletableFuture<Answer> atOther = other.send(settlement(other, patient, visit, split));

        assertThat(List.of(get(atOne).code(), get(atOther).code()))
                .as("one settles, the other is told that nothing is left")
                .containsExactlyInAnyOrder(ResultCode.OK, ResultCode.NO_UNSETTLED_LINES);
    }

    private static SignedRequest lines(final TerminalClient client, final Patient patient, final String visit) {
        return client.requests()
                .outpatient()
                .uploadLines(
                        client.nextMsgid(),
                        new FeeLines(
                                patient.key(visit), "B1", List.of(patient.line("L1", "XB03ACY199B002010104718", 4))));
    }

    private static SignedRequest settlement(
            final TerminalClient client, final Patient patient, final String visit, final FeeSplit split) {
        return client.requests()
                .outpatient()
                .settle(client.nextMsgid(), patient.settlement(visit, Patient.OUTPATIENT, FeeLines.EVERY_BATCH, split));
    }

    @Test
    void theGatewayDiesBetweenSettlingAndReplying() throws Exception {
        ServeProcess gateway = night.serve();
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final long before = balanceFen(window);
        night.network().be(RudeProxy.Manner.SWALLOWS);
        final SignedRequest purchase = night.purchase(window);
        final CompletableFuture<KnownOutcome> known =
                night.desk(window).settleOrReverse(purchase, UnknownRule.resend(Duration.ofSeconds(2), 50));
        await("it has settled, and nobody heard of it", () -> night.network().lostCount() > 0);
        gateway.kill();
        gateway = night.serve();
        night.network().be(RudeProxy.Manner.POLITE);

        assertThat(get(known).end()).isEqualTo(End.SETTLED);
        final Answer ofRecord = answerOfRecord(window, purchase);
        assertThat(get(known).outcome()).as("byte for byte").isEqualTo(ofRecord.outcome());
        assertThat(get(known).receipt()).isEqualTo(ofRecord.receipt());
        assertRepeats(ask(window, purchase), ofRecord);
        assertThat(balanceFen(window)).as("paid once").isEqualTo(before - PRICE_FEN);
        assertThat(gateway.isAlive()).isTrue();
    }

    @Test
    void aReversalRacesItsOriginal() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final TerminalClient office = night.terminal(PHARMACY_TERMINAL + 1);
        final long before = balanceFen(window);
        for (int round = 0; round < ROUNDS; round++) {
            final SignedRequest purchase = night.purchase(window);
            final SignedRequest reversal = reversal(office, purchase, "2102");
            final boolean isOriginalFirst = round % 2 == 0;
            final CompletableFuture<Answer> early = isOriginalFirst ? window.send(purchase) : office.send(reversal);
            final CompletableFuture<Answer> late = isOriginalFirst ? office.send(reversal) : window.send(purchase);
            final ResultCode settled = get(isOriginalFirst ? early : late).code();
            final ReversalEffect effect =
                    get(isOriginalFirst ? late : early).reversal().effect();

            assertThat(effect).isEqualTo(settled == ResultCode.OK ? ReversalEffect.REVERSED : ReversalEffect.MARKED);
            assertThat(settled).isIn(ResultCode.OK, ResultCode.REVERSED_BEFORE_ARRIVAL);
            assertThat(balanceFen(window))
                    .as("nothing is taken, round %d", round)
                    .isEqualTo(before);
        }
    }

    @Test
    void aCancelRacesAReversal() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final TerminalClient office = night.terminal(PHARMACY_TERMINAL + 1);
        final long before = balanceFen(window);
        for (int round = 0; round < ROUNDS; round++) {
            final SignedRequest purchase = night.purchase(window);
            final String setlId = ask(window, purchase).settlement().setlId();
            final CompletableFuture<Answer> cancel = window.send(window.requests()
                    .cancel(window.nextMsgid(), SmallCity.COUNTY, SmallCity.psnNo(NightShift.PERSON), setlId));
            final CompletableFuture<Answer> reversal = office.send(reversal(office, purchase, "2102"));

            assertThat(get(reversal).reversal().effect())
                    .isEqualTo(
                            get(cancel).code() == ResultCode.OK
                                    ? ReversalEffect.ALREADY_CANCELLED
                                    : ReversalEffect.REVERSED);
            assertThat(get(cancel).code()).isIn(ResultCode.OK, ResultCode.ALREADY_UNDONE);
            assertThat(balanceFen(window))
                    .as("given back once, round %d", round)
                    .isEqualTo(before);
        }
    }

    @Test
    void aTerminalsClockIsADayAhead() throws Exception {
        final TerminalIdentity identity = night.city().terminals().get(PHARMACY_TERMINAL);
        final TerminalClient ahead = night.terminal(identity, Duration.ofDays(1));
        final SignedRequest purchase = night.purchase(ahead);
        final SettlementDesk desk = night.desk(ahead);
        final KnownOutcome known = get(desk.settleOrReverse(purchase, ASK));
        assertThat(known.end()).as("nothing was done under a msgid of tomorrow").isEqualTo(End.REFUSED);
        assertThat(known.code()).isEqualTo(ResultCode.MSGID_AHEAD);
        assertThat(known.code().next()).isEqualTo(ResultCode.Next.MEND);
        ahead.close();

        final TerminalClient mended = night.terminal(identity, Duration.ZERO);
        assertThat(ask(mended, night.purchase(mended)).code()).isEqualTo(ResultCode.OK);
    }

    @Test
    void aTerminalsClockIsADayBehind() throws Exception {
        final TerminalIdentity identity = night.city().terminals().get(PHARMACY_TERMINAL);
        final TerminalClient behind = night.terminal(identity, Duration.ofDays(-1));
        final Answer read = ask(behind, behind.requests().query(behind.nextMsgid(), behind.nextMsgid()));
        assertThat(read.code()).as("what it reads must be fresh").isEqualTo(ResultCode.READ_STALE);
        night.network().be(RudeProxy.Manner.SWALLOWS);
        final SignedRequest purchase = night.purchase(behind);
        final CompletableFuture<KnownOutcome> known = night.desk(behind).settleOrReverse(purchase, ASK);
        await("the reply is lost", () -> night.network().lostCount() > 0);
        night.network().be(RudeProxy.Manner.POLITE);
        assertThat(get(known).end())
                .as("asking is refused, the same bytes are not")
                .isEqualTo(End.SETTLED);
        behind.close();

        final TerminalClient mended = night.terminal(identity, Duration.ZERO);
        assertThat(state(mended, purchase.msgid())).isEqualTo(RecordState.DONE);
    }

    @Test
    void aTerminalsClockIsBehindTheHorizon() throws Exception {
        final TerminalIdentity identity = night.city().terminals().get(PHARMACY_TERMINAL);
        final TerminalClient behind = night.terminal(identity, Duration.ofDays(-4));
        final Answer refused = ask(behind, night.purchase(behind));
        assertThat(refused.code()).isEqualTo(ResultCode.MSGID_STALE);
        assertThat(refused.code().next())
                .as("what became of so old a msgid only the operator can tell")
                .isEqualTo(ResultCode.Next.CALL);
        behind.close();

        final TerminalClient mended = night.terminal(identity, Duration.ZERO);
        assertThat(balanceFen(mended)).as("nothing was taken").isEqualTo(SmallCity.BALANCE_FEN);
        assertThat(ask(mended, night.purchase(mended)).code()).isEqualTo(ResultCode.OK);
    }

    @Test
    void aPeriodIsClosedUnderLoad() throws Exception {
        final TerminalClient yesterday = night.terminal(PHARMACY_TERMINAL);
        final SignedRequest kept = night.purchase(yesterday);
        final String keptSetlId = ask(yesterday, kept).settlement().setlId();
        final SignedRequest returned = night.purchase(yesterday);
        ask(yesterday, returned);
        final long dayMs = System.currentTimeMillis();
        yesterday.close();
        night.passMidnight();

        final TerminalClient today = night.terminal(night.city().terminals().get(PHARMACY_TERMINAL), NightShift.DAY);
        final TerminalClient busy = night.terminal(night.city().terminals().get(PHARMACY_TERMINAL + 1), NightShift.DAY);
        final List<Long> before = dayTotals(today, dayMs);
        assertThat(before.get(0)).isEqualTo(2 * PRICE_FEN);
        final AtomicBoolean isOver = new AtomicBoolean();
        final CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> settleUntil(busy, isOver));
        try {
            assertThat(night.closePeriod(dayMs).kind()).isEqualTo(ActAnswer.Kind.DONE);
            final Answer cancel = ask(
                    today,
                    today.requests()
                            .cancel(
                                    today.nextMsgid(),
                                    SmallCity.COUNTY,
                                    SmallCity.psnNo(NightShift.PERSON),
                                    keptSetlId));
            assertThat(cancel.code()).isEqualTo(ResultCode.PERIOD_CLOSED);
            assertThat(ask(today, reversal(today, returned, "2102")).reversal().effect())
                    .as("a reversal counts on its own day")
                    .isEqualTo(ReversalEffect.REVERSED);
        } finally {
            isOver.set(true);
        }
        assertThat(get(load)).as("settled beside it").isPositive();
        assertThat(dayTotals(today, dayMs)).as("what is closed does not change").isEqualTo(before);
    }

    /** Fees, fund, account, cash, and rows of the pharmacy's day as the gateway has them. */
    private static List<Long> dayTotals(final TerminalClient client, final long dayMs) throws Exception {
        final StatementTotalsOutcomeDecoder totals = ask(
                        client,
                        client.requests()
                                .statements()
                                .totals(
                                        client.nextMsgid(),
                                        new StatementScope(SmallCity.COUNTY, dayMs, dayMs, Flag.YES),
                                        SmallCity.insutype(NightShift.PERSON),
                                        "41",
                                        StatementSums.NONE))
                .statementTotals();
        return List.of(
                totals.medfeeSumamtFen(), totals.fundPaySumamtFen(), totals.acctPayFen(), totals.psnCashPayFen(), (long)
                        totals.fixmedinsSetlCnt());
    }

    private int settleUntil(final TerminalClient client, final AtomicBoolean isOver) {
        int count = 0;
        try {
            do {
                assertThat(ask(client, night.purchase(client)).code()).isEqualTo(ResultCode.OK);
                count++;
            } while (!isOver.get() && count < 100);
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
        return count;
    }

    @Test
    void theBooksMissARowOnEitherSide() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final String inBoth = ask(window, night.purchase(window)).settlement().setlId();
        final SignedRequest forgotten = night.purchase(window);
        final String atTheGateway = ask(window, forgotten).settlement().setlId();
        final String atTheHospital = "30009999999999999999";
        final Path file = directory.resolve("hospital.csv");
        final Path found = directory.resolve("found.csv");
        final String row = ",," + SmallCity.psnNo(NightShift.PERSON) + ",25.00,0.00,25.00,0\n";
        Files.writeString(
                file,
                "setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag\n" + inBoth + row
                        + atTheHospital + row);
        final String today = LocalDate.now(ZoneOffset.ofHours(8)).toString();
        final int exitCode = Settlegate.commandLine()
                .execute(
                        "reconcile",
                        file.toString(),
                        "--data",
                        night.city().data().toString(),
                        "--from",
                        today,
                        "--to",
                        today,
                        "--out",
                        found.toString());

        assertThat(exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(Files.readString(found))
                .as("each missing row by its number, and by msgid where one is known")
                .contains(atTheGateway, forgotten.msgid(), atTheHospital)
                .doesNotContain(inBoth);
    }

    @Test
    void theBooksMissARowOnTheWire() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final SignedRequest inBoth = night.purchase(window);
        final StatementRow booked = row(ask(window, inBoth), inBoth.msgid());
        final SignedRequest forgotten = night.purchase(window);
        assertThat(ask(window, forgotten).code()).isEqualTo(ResultCode.OK);
        final String neverArrived = window.nextMsgid();
        final StatementRow invented = new StatementRow("", neverArrived, booked.psnNo(), "", 99_900, 0, 0, Flag.NO);
        final List<StatementFinding> found = new StatementExchange(window, Duration.ofSeconds(60))
                .compare("NIGHT", today(), "", List.of(booked, invented));

        assertThat(found)
                .as("what each side lacks by its msgid, and nothing of the row in both")
                .extracting(StatementFinding::msgid)
                .containsExactlyInAnyOrder(forgotten.msgid(), neverArrived);
        assertThat(found)
                .filteredOn(each -> each.msgid().equals(neverArrived))
                .extracting(StatementFinding::difference)
                .containsExactly(StatementDifference.MISSING_AT_GATEWAY);
    }

    /** The county's settlements of yesterday and today, without refund pairs: a case may run over midnight. */
    private static StatementScope today() {
        final long nowMs = System.currentTimeMillis();
        return new StatementScope(SmallCity.COUNTY, nowMs - NightShift.DAY.toMillis(), nowMs, Flag.NO);
    }

    /** The first answer as 5203 finds it by its msgid. */
    private static Answer answerOfRecord(final TerminalClient client, final SignedRequest request) throws Exception {
        final List<RecordAnswer> found =
                get(client.query(RecordsQuery.byMsgid(request.msgid()))).page().records();
        assertThat(found).as("settled once").hasSize(1);
        return found.get(0).answer();
    }

    private static void assertRepeats(final Answer again, final Answer first) {
        assertThat(again.kind()).isEqualTo(ReplyKind.REPEAT);
        assertThat(again.outcome()).as("byte for byte").isEqualTo(first.outcome());
        assertThat(again.receipt()).isEqualTo(first.receipt());
    }

    private static StatementRow row(final Answer answer, final String msgid) {
        final var settled = answer.settlement();
        return new StatementRow(
                settled.setlId(),
                msgid,
                settled.psnNo(),
                "",
                settled.medfeeSumamtFen(),
                settled.fundPaySumamtFen(),
                settled.acctPayFen(),
                Flag.NO);
    }

    @Test
    void theTerminalIsReplacedBetweenRequestAndResend() throws Exception {
        final TerminalIdentity old = night.city().terminals().get(PHARMACY_TERMINAL);
        final TerminalClient broken = night.terminal(PHARMACY_TERMINAL);
        night.network().be(RudeProxy.Manner.SWALLOWS);
        final SignedRequest purchase = night.purchase(broken);
        final SettlementDesk brokenDesk = night.desk(broken);
        final CompletableFuture<KnownOutcome> unknown = brokenDesk.settleOrReverse(purchase, ASK);
        await("it is settled and nobody knows", () -> night.network().lostCount() > 0);
        brokenDesk.close();
        broken.close();
        assertThatThrownBy(() -> get(unknown)).hasMessageContaining("unknown");
        night.network().be(RudeProxy.Manner.POLITE);
        night.operator().done("terminal", "revoke", "--sn", old.sn());

        final TerminalIdentity another = new TerminalIdentity(
                "SN-REPLACED", old.fixmedinsCode(), old.admdvs(), Sm2PrivateKey.generate(new SecureRandom()));
        final Path key = directory.resolve("replaced.pub.pem");
        KeyFiles.writePublic(key, another.key().publicKey());
        night.operator()
                .done(
                        "terminal",
                        "register",
                        "--sn",
                        another.sn(),
                        "--model",
                        "MODEL-3",
                        "--institution",
                        another.fixmedinsCode(),
                        "--public-key",
                        key.toString());
        final TerminalClient replacement = night.terminal(another, Duration.ZERO);
        assertThat(ask(replacement, purchase).code())
                .as("the old bytes name another terminal")
                .isEqualTo(ResultCode.FOREIGN_TERMINAL);
        final KnownOutcome known =
                get(night.desk(replacement).resumeUnfinished().get(purchase.msgid()));
        assertThat(known.end()).as("its institution may ask").isEqualTo(End.SETTLED);
        assertThat(known.receipt()).isNotEmpty();
        assertThat(ask(replacement, reversal(replacement, purchase, "2102"))
                        .reversal()
                        .effect())
                .as("and reverse")
                .isEqualTo(ReversalEffect.REVERSED);
    }
}
