package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.Credential;
import io.settlegate.protocol.client.InpatientRequests;
import io.settlegate.protocol.client.OutpatientRequests;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.visit.FeeLine;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.codec.PersonInfoOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hospital's terminal takes a visit and a stay from the first question to the last over TCP, and the journal replays to the same. */
@Timeout(180)
class VisitsOverTcpTest {
    private static final ClientTiming TIMING = new ClientTiming(2_000, 20_000, 5_000, 20);
    private static final int ANSWER_TIMEOUT_S = 60;
    private static final int PERSON = 4;
    /** Class 01 without a ceiling; class 02 with a first share and a ceiling below the price; class 03. */
    private static final List<String> ITEMS =
            List.of("XB03ACY199B002010104718", "XA02BCA012E001010201234", "ZA01AAB0010010100123");

    private final Patient patient = new Patient(PERSON, SmallCity.COUNTY, System.currentTimeMillis());

    @TempDir
    private Path directory;

    private SmallCity city;
    private Gateway gateway;
    private TerminalClient client;
    private ReceiptVerifier receipts;

    @BeforeEach
    void start() throws IOException {
        city = SmallCity.found(directory);
        gateway = GatewayInProcess.start(city.data());
        client = TerminalClient.connect(
                city.endpoint(gateway.address()),
                city.terminals().get(SmallCity.TERMINALS_PER_INSTITUTION),
                TIMING,
                Clock.systemUTC());
        receipts = new ReceiptVerifier(city.endpoint(gateway.address()).key(), new BouncyCastleVerifier());
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            client.close();
            gateway.close();
            gateway = null;
        }
    }

    @Test
    void shouldTakeAVisitFromEntitlementToCancel() throws Exception {
        final OutpatientRequests requests = client.requests().outpatient();
        final List<Long> before = books();
        final Answer entitled =
                ask(client.requests().entitlement(client.nextMsgid(), patient.question(Patient.OUTPATIENT)));
        assertThat(entitled.entitlement().trtEnjymntFlag()).isEqualTo((short) 1);

        final String visit = ask(requests.register(client.nextMsgid(), patient.registration()))
                .visit()
                .mdtrtId();
        ask(requests.describe(client.nextMsgid(), patient.details(visit, Patient.OUTPATIENT)));
        final Answer first =
                ask(requests.uploadLines(client.nextMsgid(), lines(visit, "B1", line("L1", 0, 80), line("L2", 1, 20))));
        final Answer second = ask(requests.uploadLines(client.nextMsgid(), lines(visit, "B2", line("L3", 2, 4))));
        final FeeSplit split = FeeSplit.of(first.feeLines()).plus(FeeSplit.of(second.feeLines()));
        assertThat(split.medfeeSumamtFen()).isEqualTo(104 * 1_250L);
        assertThat(split.overlmtSelfpayFen())
                .as("20 units, each 2.00 above 10.50")
                .isEqualTo(20 * 200L);
        assertThat(split.fulamtOwnpayAmtFen()).as("class 03").isEqualTo(4 * 1_250L);

        final PharmacyPresettleOutcomeDecoder told = ask(requests.presettle(
                        client.nextMsgid(), patient.settlement(visit, Patient.OUTPATIENT, FeeLines.EVERY_BATCH, split)))
                .presettlement();
        assertThat(books()).as("a presettlement books nothing").isEqualTo(before);
        final PharmacySettleOutcomeDecoder settled = ask(requests.settle(
                        client.nextMsgid(), patient.settlement(visit, Patient.OUTPATIENT, FeeLines.EVERY_BATCH, split)))
                .settlement();
        assertThat(shares(settled)).isEqualTo(shares(told));
        assertSplit(settled, split);
        assertThat(settled.actPayDedcFen()).as("annual deductible").isEqualTo(70_000);
        assertThat(settled.fundPaySumamtFen()).isPositive();
        assertThat(books()).isNotEqualTo(before);

        final List<Long> booked = books();
        final SignedRequest cancel = requests.cancel(client.nextMsgid(), patient.key(visit), settled.setlId());
        final PharmacyCancelOutcomeDecoder cancelled = ask(cancel).cancel();
        assertThat(cancelled.originalSetlId()).isEqualTo(settled.setlId());
        assertThat(cancelled.medfeeSumamtFen()).isEqualTo(-split.medfeeSumamtFen());
        assertThat(cancelled.psnCashPayFen()).isEqualTo(-settled.psnCashPayFen());
        assertThat(books()).as("all of it was given back").isEqualTo(before);
        final ReversalOutcomeDecoder again = reverse(cancel.msgid(), "2208").reversal();
        assertThat(again.psnCashPayFen()).isEqualTo(settled.psnCashPayFen());
        assertThat(books()).as("the settlement stands again").isEqualTo(booked);
        ask(requests.cancel(client.nextMsgid(), patient.key(visit), settled.setlId()));
        assertThat(books()).as("and is cancelled again").isEqualTo(before);
        assertReplays("visit");
    }

    @Test
    void shouldSettleAStayInTheMiddleAndAtItsEnd() throws Exception {
        final InpatientRequests requests = client.requests().inpatient();
        final String stay = ask(requests.admit(client.nextMsgid(), patient.admission()))
                .visit()
                .mdtrtId();
        final PharmacySettleOutcomeDecoder middle =
                settle(stay, "B1", uploaded(stay, "B1", line("L1", 0, 400), line("L2", 1, 20)), Flag.YES);
        final FeeSplit rest = uploaded(stay, "B2", line("L3", 0, 400));
        assertThat(ask(
                                requests.settle(
                                        client.nextMsgid(),
                                        patient.settlement(stay, FeeLines.EVERY_BATCH, rest, Flag.NO)),
                                ResultCode.VISIT_STATE)
                        .hasReceipt())
                .isTrue();
        ask(requests.discharge(client.nextMsgid(), patient.discharge(stay)));
        final PharmacySettleOutcomeDecoder end = settle(stay, FeeLines.EVERY_BATCH, rest, Flag.NO);

        assertThat(middle.actPayDedcFen()).as("level 1 of the demo policy").isEqualTo(20_000);
        assertThat(end.actPayDedcFen()).as("a stay has one deductible").isZero();
        assertThat(end.medfeeSumamtFen()).isEqualTo(400 * 1_250L);
        assertThat(end.hifpPayFen()).as("0.95 of all of it").isEqualTo(475_000);
        final SignedRequest cancel = requests.cancel(client.nextMsgid(), patient.key(stay), end.setlId());
        ask(cancel);
        reverse(cancel.msgid(), "2305");
        final SignedRequest admission = requests.admit(client.nextMsgid(), patient.admission());
        ask(admission);
        assertThat(reverse(admission.msgid(), "2401").reversal().effect()).isEqualTo(ReversalEffect.REVERSED);
        assertReplays("stay");
    }

    private Answer reverse(final String omsgid, final String oinfno) throws Exception {
        return ask(client.requests()
                .reverse(client.nextMsgid(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), omsgid, oinfno));
    }

    private FeeSplit uploaded(final String stay, final String batch, final FeeLine... lines) throws Exception {
        return FeeSplit.of(ask(client.requests().inpatient().uploadLines(client.nextMsgid(), lines(stay, batch, lines)))
                .feeLines());
    }

    /** Presettles, settles, and expects the same of both. */
    private PharmacySettleOutcomeDecoder settle(
            final String stay, final String batch, final FeeSplit split, final Flag midSetlFlag) throws Exception {
        final InpatientRequests requests = client.requests().inpatient();
        final PharmacyPresettleOutcomeDecoder told = ask(requests.presettle(
                        client.nextMsgid(), patient.settlement(stay, batch, split, midSetlFlag)))
                .presettlement();
        final PharmacySettleOutcomeDecoder settled = ask(requests.settle(
                        client.nextMsgid(), patient.settlement(stay, batch, split, midSetlFlag)))
                .settlement();
        assertThat(shares(settled)).isEqualTo(shares(told));
        assertSplit(settled, split);
        return settled;
    }

    private FeeLine line(final String feedetlSn, final int item, final int units) {
        return patient.line(feedetlSn, ITEMS.get(item), units);
    }

    private FeeLines lines(final String visit, final String batch, final FeeLine... lines) {
        return new FeeLines(patient.key(visit), batch, List.of(lines));
    }

    private Answer ask(final SignedRequest request) throws Exception {
        return ask(request, ResultCode.OK);
    }

    /** What came back, with a receipt that proves the very request. */
    private Answer ask(final SignedRequest request, final ResultCode expected) throws Exception {
        final Answer answer = client.send(request).get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
        assertThat(answer.code()).isEqualTo(expected);
        final ReceiptVerdict verdict = receipts.verify(answer.receipt(), answer.outcome(), request.frame());
        assertThat(verdict.isValid()).as("%s", verdict).isTrue();
        return answer;
    }

    /** Balance, deductible used, and fund's share of the patient. */
    private List<Long> books() throws Exception {
        final Credential credential = new Credential("02", SmallCity.certno(PERSON), "");
        final PersonInfoOutcomeDecoder.InsuinfoDecoder insured = ask(client.requests()
                        .personInfo(client.nextMsgid(), SmallCity.COUNTY, credential))
                .personInfo()
                .insuinfo()
                .next();
        return List.of(insured.balcFen(), insured.dedcUsedFen(), insured.hifpPaidFen());
    }

    private static List<Long> shares(final PharmacyPresettleOutcomeDecoder told) {
        return List.of(
                told.medfeeSumamtFen(),
                told.actPayDedcFen(),
                told.hifpPayFen(),
                told.fundPaySumamtFen(),
                told.hospPartAmtFen(),
                told.psnPartAmtFen(),
                told.acctPayFen(),
                told.psnCashPayFen(),
                told.balcFen());
    }

    private static List<Long> shares(final PharmacySettleOutcomeDecoder settled) {
        return List.of(
                settled.medfeeSumamtFen(),
                settled.actPayDedcFen(),
                settled.hifpPayFen(),
                settled.fundPaySumamtFen(),
                settled.hospPartAmtFen(),
                settled.psnPartAmtFen(),
                settled.acctPayFen(),
                settled.psnCashPayFen(),
                settled.balcFen());
    }

    /** The laws of a settlement that a terminal can check. */
    private static void assertSplit(final PharmacySettleOutcomeDecoder settled, final FeeSplit split) {
        assertThat(new FeeSplit(
                        settled.medfeeSumamtFen(),
                        settled.fulamtOwnpayAmtFen(),
                        settled.overlmtSelfpayFen(),
                        settled.preselfpayAmtFen(),
                        settled.inscpScpAmtFen()))
                .isEqualTo(split);
        assertThat(settled.fundPaySumamtFen() + settled.hospPartAmtFen() + settled.psnPartAmtFen())
                .isEqualTo(settled.medfeeSumamtFen());
        assertThat(settled.acctPayFen() + settled.acctMulaidPayFen() + settled.psnCashPayFen())
                .isEqualTo(settled.psnPartAmtFen());
    }

    /** Stops the gateway and computes its journal again: every outcome and the state hash must come out the same. */
    private void assertReplays(final String course) throws IOException {
        stop();
        final JsonNode replay =
                new ObjectMapper().readTree(SmallCity.run("replay", city.data().toString(), "--json"));
        assertThat(replay.get("mismatches").asLong()).isZero();
        assertThat(replay.get("ledgerSumFen").asLong()).isZero();
        assertThat(replay.get("stateHash").asText())
                .isEqualTo(replay.get("sealedStateHash").asText());
        assertThat(replay.get("stateHashRecomputed").asBoolean()).isTrue();
        JournalArchive.writeIfAsked(city.data(), "rules-" + InternalPart.RULES_VERSION + "-" + course + ".zip");
    }
}
