package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.visit.Diagnosis;
import io.settlegate.protocol.client.visit.FeeLine;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.client.visit.Registration;
import io.settlegate.protocol.client.visit.VisitDetails;
import io.settlegate.protocol.client.visit.VisitKey;
import io.settlegate.protocol.client.visit.VisitSettlement;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RegistrationOutcomeDecoder;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Journals written record by record: a visit settled and cancelled, and one whose writer was wrong by a fen. */
@Timeout(60)
class ExplainJournalTest {
    private static final int PERSON = 2;
    private static final int CASH =
            MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleOutcomeDecoder.psnCashPayFenEncodingOffset();

    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[64 * 1024]);
    private SmallCity city;
    private RequestSigner signer;
    private int requestCount;

    @BeforeEach
    void found(@TempDir final Path directory) throws IOException {
        city = SmallCity.found(directory);
        final TerminalIdentity terminal = city.terminals().get(SmallCity.TERMINALS_PER_INSTITUTION);
        signer = new RequestSigner(terminal, SmallCity.GATEWAY_ID, Clock.systemUTC(), new SecureRandom());
    }

    private String nextMsgid() {
        requestCount++;
        final String second = DateTimeFormatter.ofPattern("uuuuMMddHHmmss")
                .format(Instant.now().atOffset(ZoneOffset.ofHours(8)));
        return SmallCity.HOSPITAL + second + String.format("%04d", requestCount);
    }

    private OpenGateway open() throws IOException {
        final DataDirectory directory = new DataDirectory(city.data());
        return OpenGateway.recover(directory.store(), directory.gatewayKey(), DurabilityLevel.BATCH);
    }

    /** Applies and appends a request; adds a number to the cash of its outcome, which must be a settlement's if that is not 0. */
    private byte[] append(final OpenGateway gateway, final SignedRequest request, final long addedCashFen) {
        final UnsafeBuffer command = new UnsafeBuffer(request.frame());
        final long sequence = gateway.journal().nextSequence();
        final long timeMs = gateway.engine().engineTime(System.currentTimeMillis());
        final int length = gateway.engine().apply(sequence, timeMs, command, 0, command.capacity(), outcome, 0);
        if (addedCashFen != 0) {
            final long cashFen = outcome.getLong(CASH, ByteOrder.LITTLE_ENDIAN);
            outcome.putLong(CASH, cashFen + addedCashFen, ByteOrder.LITTLE_ENDIAN);
        }
        final InternalPart internal = new InternalPart();
        final long high = gateway.engine().stateHashHigh();
        final long low = gateway.engine().stateHashLow();
        internal.wrap(1, high, low);
        gateway.journal()
                .append(
                        sequence,
                        timeMs,
                        InternalPart.RULES_VERSION,
                        0,
                        command,
                        0,
                        command.capacity(),
                        outcome,
                        0,
                        length,
                        internal.buffer(),
                        0,
                        InternalPart.LENGTH);
        gateway.journal().commit(high, low);
        final byte[] copy = new byte[length];
        outcome.getBytes(0, copy);
        return copy;
    }

    private byte[] done(final OpenGateway gateway, final SignedRequest request) {
        final byte[] answered = append(gateway, request, 0);
        assertThat(Answer.codeOf(answered)).isEqualTo(ResultCode.OK);
        return answered;
    }

    private static PharmacySettleOutcomeDecoder settlement(final byte[] outcome) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final UnsafeBuffer buffer = new UnsafeBuffer(outcome);
        header.wrap(buffer, 0);
        return new PharmacySettleOutcomeDecoder()
                .wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
    }

    private JsonNode explained(final String setlId) throws IOException {
        return new ObjectMapper().readTree(SmallCity.run("explain", city.data().toString(), setlId, "--json"));
    }

    @Test
    void shouldExplainTheSettlementOfAVisitByTheLinesItSettled() throws IOException {
        final String settled;
        final String second;
        final String cancel;
        try (OpenGateway gateway = open()) {
            final VisitKey visit = openVisit(gateway);
            final FeeSplit first = upload(gateway, visit, "BATCH-1", "L1", 900_00);
            final FeeSplit other = upload(gateway, visit, "BATCH-2", "L2", 300_00);
            settled = settlement(settle(gateway, visit, "BATCH-1", first)).setlId();
            second = settlement(settle(gateway, visit, FeeLines.EVERY_BATCH, other))
                    .setlId();
            cancel = settlement(done(gateway, signer.outpatient().cancel(nextMsgid(), visit, second)))
                    .setlId();
        }
        final JsonNode document = explained(settled);
        assertThat(document.get("transaction").asText()).isEqualTo("2207");
        assertThat(document.get("lines").findValuesAsText("feedetlSn")).containsExactly("L1");
        assertThat(document.at("/lines/0/inscpScpAmtFen").asLong()).isEqualTo(900_00);
        assertThat(document.at("/shares/actPayDedcFen").asLong()).isEqualTo(700_00);
        assertThat(document.at("/shares/hifpPayFen").asLong()).isEqualTo(150_00);
        assertThat(document.at("/recomputed/isEqual").asBoolean()).isTrue();
        final JsonNode later = explained(second);
        assertThat(later.get("lines").findValuesAsText("feedetlSn")).containsExactly("L2");
        final JsonNode back = explained(cancel);
        assertThat(back.get("transaction").asText()).isEqualTo("2208");
        assertThat(back.get("originalSetlId").asText()).isEqualTo(second);
        assertThat(back.at("/accumulators/0/afterFen")).isEqualTo(later.at("/accumulators/0/beforeFen"));
    }

    private VisitKey openVisit(final OpenGateway gateway) {
        final long nowMs = System.currentTimeMillis();
        final byte[] opened = done(
                gateway,
                signer.outpatient()
                        .register(
                                nextMsgid(),
                                new Registration(
                                        SmallCity.psnNo(PERSON),
                                        SmallCity.COUNTY,
                                        "02",
                                        SmallCity.certno(PERSON),
                                        SmallCity.insutype(PERSON),
                                        nowMs,
                                        "MZ-1",
                                        "D320302000001",
                                        "DEPT-1",
                                        "A03")));
        final String mdtrtId = new RegistrationOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(opened), 0, new MessageHeaderDecoder())
                .mdtrtId();
        final VisitKey visit = new VisitKey(SmallCity.psnNo(PERSON), SmallCity.COUNTY, mdtrtId);
        done(
                gateway,
                signer.outpatient()
                        .describe(
                                nextMsgid(),
                                new VisitDetails(
                                        visit,
                                        "11",
                                        nowMs,
                                        "",
                                        List.of(new Diagnosis(
                                                "1", 1, "I10.x00x002", "DEPT-1", "D320302000001", nowMs)))));
        return visit;
    }

    /** One line of class 01. */
    private FeeSplit upload(
            final OpenGateway gateway,
            final VisitKey visit,
            final String batch,
            final String feedetlSn,
            final long amountFen) {
        final FeeLine line = new FeeLine(
                feedetlSn,
                "",
                System.currentTimeMillis(),
                "XB03ACY199B002010104718",
                amountFen,
                1_0000,
                amountFen * 10_000,
                "");
        final byte[] answered =
                done(gateway, signer.outpatient().uploadLines(nextMsgid(), new FeeLines(visit, batch, List.of(line))));
        return FeeSplit.of(new OutpatientFeeLinesOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(answered), 0, new MessageHeaderDecoder()));
    }

    private byte[] settle(final OpenGateway gateway, final VisitKey visit, final String batch, final FeeSplit split) {
        return done(
                gateway,
                signer.outpatient()
                        .settle(
                                nextMsgid(),
                                new VisitSettlement(
                                        visit,
                                        "02",
                                        SmallCity.certno(PERSON),
                                        "11",
                                        SmallCity.insutype(PERSON),
                                        batch,
                                        split,
                                        "01",
                                        Flag.YES,
                                        "",
                                        0,
                                        Flag.NO)));
    }

    @Test
    void shouldSayLoudlyThatTheRecordHoldsAnotherOutcome() throws IOException {
        final String wrong;
        final String next;
        try (OpenGateway gateway = open()) {
            wrong = settlement(append(gateway, signer.settle(nextMsgid(), purchase()), 1))
                    .setlId();
            next = settlement(append(gateway, signer.settle(nextMsgid(), purchase()), 0))
                    .setlId();
        }
        final Result text = execute(wrong);
        assertThat(text.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(text.err).contains("this build computes otherwise than the journal says");
        assertThat(text.out)
                .contains("DIFFERS: this build computes another outcome")
                .containsPattern("psnCashPayFen recorded \\d+, computed \\d+")
                .contains("D!");
        final JsonNode document = new ObjectMapper().readTree(execute(wrong, "--json").out);
        assertThat(document.at("/recomputed/isEqual").asBoolean()).isFalse();
        assertThat(document.at("/recomputed/differing").findValuesAsText("field"))
                .containsExactly("psnCashPayFen");
        assertThat(document.at("/recomputed/differing/0/recorded").asLong())
                .isEqualTo(document.at("/recomputed/differing/0/computed").asLong() + 1);
        final Result later = execute(next);
        assertThat(later.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(later.out).contains("DIFFERS BEFORE: 1 earlier");
    }

    @Test
    void shouldMakeNoSnapshotOfWhatThisBuildComputesOtherwise() throws IOException {
        try (OpenGateway gateway = open()) {
            append(gateway, signer.settle(nextMsgid(), purchase()), 1);
        }
        final StringWriter err = new StringWriter();
        final int exitCode = Settlegate.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute("journal", "snapshot", city.data().toString());
        assertThat(exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(err.toString()).contains("replay of the journal differs in 1 places");
        try (Store store = new DataDirectory(city.data()).store()) {
            assertThat(store.snapshots().sequences()).isEmpty();
        }
    }

    private static Settlement purchase() {
        return new Settlement(
                SmallCity.psnNo(PERSON),
                SmallCity.COUNTY,
                "02",
                SmallCity.certno(PERSON),
                System.currentTimeMillis(),
                SmallCity.insutype(PERSON),
                "11",
                Settlement.AccountUse.USED,
                "",
                "",
                List.of(new Settlement.Line("L1", "XB03ACY199B002010104718", 25_00, 2_0000, 12_500_000, "")));
    }

    private record Result(int exitCode, String out, String err) {}

    private Result execute(final String... which) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final String[] arguments = new String[which.length + 2];
        arguments[0] = "explain";
        arguments[1] = city.data().toString();
        System.arraycopy(which, 0, arguments, 2, which.length);
        final int exitCode = Settlegate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
