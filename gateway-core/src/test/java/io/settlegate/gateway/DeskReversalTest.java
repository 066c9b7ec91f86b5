package io.settlegate.gateway;

import static io.settlegate.gateway.NightShift.HOSPITAL_TERMINAL;
import static io.settlegate.gateway.NightShift.PHARMACY_TERMINAL;
import static io.settlegate.gateway.NightShift.await;
import static io.settlegate.gateway.NightShift.get;
import static io.settlegate.gateway.NightShift.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.InpatientRequests;
import io.settlegate.protocol.client.OutpatientRequests;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.desk.KnownOutcome;
import io.settlegate.protocol.client.desk.KnownOutcome.End;
import io.settlegate.protocol.client.desk.SettlementDesk;
import io.settlegate.protocol.client.desk.UnknownRule;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.codec.RecordState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each transaction that a desk may reverse, over TCP, its request or its reply lost: the terminal believes what the gateway holds. */
@Timeout(240)
class DeskReversalTest {
    private static final UnknownRule REVERSE = UnknownRule.reverse(Duration.ofMillis(300));
    private static final String ITEM = "XB03ACY199B002010104718";

    private final Patient patient = new Patient(NightShift.PERSON, SmallCity.COUNTY, System.currentTimeMillis());

    @TempDir
    private Path directory;

    private NightShift night;
    private TerminalClient hospital;
    private SettlementDesk desk;

    @BeforeEach
    void begin() throws Exception {
        night = new NightShift(directory);
        hospital = night.terminal(HOSPITAL_TERMINAL);
        desk = night.desk(hospital);
    }

    @AfterEach
    void endAndReplay() throws Exception {
        night.endAndReplay();
    }

    @Test
    void shouldReverseAStayAndItsSettlementAndLetACancelNotStand() throws Exception {
        final InpatientRequests requests = hospital.requests().inpatient();
        for (final RudeProxy.Manner manner : List.of(RudeProxy.Manner.SWALLOWS, RudeProxy.Manner.DEAF)) {
            lose(hospital, desk, requests.admit(hospital.nextMsgid(), patient.admission()), manner);
            final String stay = ask(requests.admit(hospital.nextMsgid(), patient.admission()))
                    .visit()
                    .mdtrtId();
            final FeeSplit split = FeeSplit.of(
                    ask(requests.uploadLines(hospital.nextMsgid(), lines(stay))).feeLines());
            ask(requests.discharge(hospital.nextMsgid(), patient.discharge(stay)));
            lose(
                    hospital,
                    desk,
                    requests.settle(
                            hospital.nextMsgid(), patient.settlement(stay, FeeLines.EVERY_BATCH, split, Flag.NO)),
                    manner);
            final SignedRequest settlement = requests.settle(
                    hospital.nextMsgid(), patient.settlement(stay, FeeLines.EVERY_BATCH, split, Flag.NO));
            final String setlId = ask(settlement).settlement().setlId();
            lose(hospital, desk, requests.cancel(hospital.nextMsgid(), patient.key(stay), setlId), manner);
            assertThat(state(hospital, settlement.msgid()))
                    .as("the cancel did not stand, %s", manner)
                    .isEqualTo(RecordState.DONE);
        }
    }

    @Test
    void shouldReverseAVisitsSettlementAndLetItsCancelNotStand() throws Exception {
        final OutpatientRequests requests = hospital.requests().outpatient();
        for (final RudeProxy.Manner manner : List.of(RudeProxy.Manner.SWALLOWS, RudeProxy.Manner.DEAF)) {
            final String visit = ask(requests.register(hospital.nextMsgid(), patient.registration()))
                    .visit()
                    .mdtrtId();
            ask(requests.describe(hospital.nextMsgid(), patient.details(visit, Patient.OUTPATIENT)));
            final FeeSplit split = FeeSplit.of(ask(requests.uploadLines(hospital.nextMsgid(), lines(visit)))
                    .feeLines());
            lose(hospital, desk, settlement(visit, split), manner);
            final SignedRequest settlement = settlement(visit, split);
            final String setlId = ask(settlement).settlement().setlId();
            lose(hospital, desk, requests.cancel(hospital.nextMsgid(), patient.key(visit), setlId), manner);
            assertThat(state(hospital, settlement.msgid()))
                    .as("the cancel did not stand, %s", manner)
                    .isEqualTo(RecordState.DONE);
        }
    }

    @Test
    void shouldLetAPharmacysCancelNotStand() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        try (SettlementDesk pharmacyDesk = SettlementDesk.open(window, directory.resolve("pharmacy-desk"))) {
            for (final RudeProxy.Manner manner : List.of(RudeProxy.Manner.SWALLOWS, RudeProxy.Manner.DEAF)) {
                final long before = NightShift.balanceFen(window);
                final SignedRequest purchase = night.purchase(window);
                final String setlId =
                        NightShift.ask(window, purchase).settlement().setlId();
                final long paid = NightShift.balanceFen(window);
                lose(
                        window,
                        pharmacyDesk,
                        window.requests().cancel(window.nextMsgid(), SmallCity.COUNTY, patient.psnNo(), setlId),
                        manner);
                assertThat(state(window, purchase.msgid()))
                        .as("the cancel did not stand, %s", manner)
                        .isEqualTo(RecordState.DONE);
                assertThat(NightShift.balanceFen(window))
                        .as("paid, %s", manner)
                        .isEqualTo(paid)
                        .isLessThan(before);
            }
        }
    }

    /** The network is rude until the desk has written down its reversal; what was lost by then stays lost. */
    private void lose(
            final TerminalClient client,
            final SettlementDesk at,
            final SignedRequest request,
            final RudeProxy.Manner manner)
            throws Exception {
        final int lostBefore = night.network().lostCount();
        night.network().be(manner);
        final CompletableFuture<KnownOutcome> known = at.settleOrReverse(request, REVERSE);
        await("it reverses", () -> night.network().lostCount() > lostBefore && hasReversal(request.msgid()));
        night.network().be(RudeProxy.Manner.POLITE);

        final KnownOutcome outcome = get(known);
        assertThat(outcome.end()).as("%s, %s", outcome, manner).isEqualTo(End.REVERSED);
        assertThat(outcome.code()).isEqualTo(ResultCode.OK);
        assertThat(outcome.receipt()).isNotEmpty();
        assertThat(state(client, request.msgid()))
                .as("%s, %s", outcome, manner)
                .isEqualTo(manner == RudeProxy.Manner.SWALLOWS ? RecordState.REVERSED : RecordState.MARKED);
    }

    private boolean hasReversal(final String msgid) {
        try {
            for (final String file : List.of("desk", "pharmacy-desk")) {
                final Path path = directory.resolve(file);
                if (Files.exists(path) && Files.readString(path).contains(" REVERSAL " + msgid)) {
                    return true;
                }
            }
            return false;
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Answer ask(final SignedRequest request) throws Exception {
        final Answer answer = NightShift.ask(hospital, request);
        assertThat(answer.code()).isEqualTo(ResultCode.OK);
        return answer;
    }

    private FeeLines lines(final String visit) {
        return new FeeLines(patient.key(visit), "B1", List.of(patient.line("L1", ITEM, 4)));
    }

    private SignedRequest settlement(final String visit, final FeeSplit split) {
        return hospital.requests()
                .outpatient()
                .settle(
                        hospital.nextMsgid(),
                        patient.settlement(visit, Patient.OUTPATIENT, FeeLines.EVERY_BATCH, split));
    }
}
