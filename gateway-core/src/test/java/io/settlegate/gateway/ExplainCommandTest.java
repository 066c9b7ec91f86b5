package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Settlements of one person at a hospital, explained while the gateway runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ExplainCommandTest {
    private static final int WIDEST = 116;
    private static final int PERSON = 0;
    private static final String ITEM_A = "XB03ACY199B002010104718";
    private static final String ITEM_B = "XA02BCA012E001010201234";
    private static final String ITEM_C = "ZA01AAB0010010100123";

    private SmallCity city;
    private Gateway gateway;
    private TerminalClient client;
    private Sent presettled;
    private Sent settled;
    private Sent refused;
    private Sent cancelled;
    private Sent refusedCancel;
    private Sent cancel;
    private Sent asked;

    /** A request and its answer. */
    private record Sent(SignedRequest request, Answer answer) {}

    @BeforeAll
    void settleSome(@TempDir final Path directory) throws Exception {
        city = SmallCity.found(directory);
        gateway = GatewayInProcess.start(city.data());
        client = TerminalClient.connect(
                city.endpoint(gateway.address()),
                city.terminals().get(SmallCity.TERMINALS_PER_INSTITUTION),
                ClientTiming.DEFAULT,
                Clock.systemUTC());
        presettled = send(client.requests().presettle(client.nextMsgid(), bill(4_163)));
        settled = send(client.requests().settle(client.nextMsgid(), bill(4_163)));
        refused = send(client.requests().settle(client.nextMsgid(), bill(4_162)));
        cancelled = send(client.requests().settle(client.nextMsgid(), bill(4_163)));
        refusedCancel = send(client.requests()
                .cancel(client.nextMsgid(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), setlId(settled)));
        cancel = send(client.requests()
                .cancel(client.nextMsgid(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), setlId(cancelled)));
        asked = send(
                client.requests().personInfo(client.nextMsgid(), SmallCity.COUNTY, "02", SmallCity.certno(PERSON)));
        send(settled.request());
    }

    @AfterAll
    void stop() {
        client.close();
        gateway.close();
    }

    private Sent send(final SignedRequest request) throws Exception {
        return new Sent(request, client.send(request).get(20, TimeUnit.SECONDS));
    }

    private static String setlId(final Sent sent) {
        return sent.answer().settlement().setlId();
    }

    /** 1000.00 of class 01, 3.33 units of class 02 above a ceiling, whose roundings all differ, and 25.00 of class 03. */
    private static Settlement bill(final long secondLineFen) {
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
                List.of(
                        new Settlement.Line("L1", ITEM_A, 1_000_00, 80_0000, 12_500_000, ""),
                        new Settlement.Line("L2", ITEM_B, secondLineFen, 3_3300, 12_500_000, ""),
                        new Settlement.Line("L3", ITEM_C, 25_00, 2_0000, 12_500_000, "")));
    }

    private JsonNode explained(final String... which) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("explain", data()));
        arguments.addAll(List.of(which));
        arguments.add("--json");
        return new ObjectMapper().readTree(SmallCity.run(arguments.toArray(new String[0])));
    }

    private String data() {
        return city.data().toString();
    }

    @Test
    void shouldGiveTheNumbersOfTheOutcome() throws IOException {
        final JsonNode document = explained(setlId(settled));
        final PharmacySettleOutcomeDecoder outcome = settled.answer().settlement();
        final JsonNode shares = document.get("shares");
        assertThat(outcome.actPayDedcFen()).as("the deductible is met").isEqualTo(700_00);
        assertThat(outcome.hifpPayFen()).as("the fund pays").isPositive();
        assertThat(shares.get("medfeeSumamtFen").asLong()).isEqualTo(outcome.medfeeSumamtFen());
        assertThat(shares.get("overlmtSelfpayFen").asLong()).isEqualTo(outcome.overlmtSelfpayFen());
        assertThat(shares.get("hifpPayFen").asLong()).isEqualTo(outcome.hifpPayFen());
        assertThat(shares.get("fundPaySumamtFen").asLong()).isEqualTo(outcome.fundPaySumamtFen());
        assertThat(shares.get("psnPartAmtFen").asLong()).isEqualTo(outcome.psnPartAmtFen());
        assertThat(shares.get("acctPayFen").asLong()).isEqualTo(outcome.acctPayFen());
        assertThat(shares.get("psnCashPayFen").asLong()).isEqualTo(outcome.psnCashPayFen());
        assertThat(sum(document, "detItemFeeSumamtFen")).isEqualTo(outcome.medfeeSumamtFen());
        assertThat(sum(document, "inscpScpAmtFen")).isEqualTo(outcome.inscpScpAmtFen());
        assertThat(step(document, "deductible").get("amountFen").asLong()).isEqualTo(outcome.actPayDedcFen());
        assertThat(step(document, "basic_cap").get("amountFen").asLong()).isEqualTo(outcome.hifpPayFen());
        assertThat(step(document, "person_part").get("amountFen").asLong()).isEqualTo(outcome.psnPartAmtFen());
        assertThat(step(document, "account").get("amountFen").asLong()).isEqualTo(outcome.acctPayFen());
        assertThat(step(document, "cash").get("amountFen").asLong()).isEqualTo(outcome.psnCashPayFen());
        assertThat(document.at("/account/beforeFen").asLong()).isEqualTo(SmallCity.BALANCE_FEN);
        assertThat(document.at("/account/afterFen").asLong()).isEqualTo(outcome.balcFen());
        assertThat(document.at("/recomputed/isEqual").asBoolean()).isTrue();
        assertThat(document.get("identities").findValuesAsText("identity")).containsExactly("A", "B", "C", "D");
        assertThat(document.get("identities").findValues("holds")).allMatch(JsonNode::asBoolean);
    }

    private static long sum(final JsonNode document, final String field) {
        long sum = 0;
        for (final JsonNode line : document.get("lines")) {
            sum += line.get(field).asLong();
        }
        return sum;
    }

    private static JsonNode step(final JsonNode document, final String name) {
        for (final JsonNode step : document.get("steps")) {
            if (step.get("step").asText().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name + " in " + document.get("steps"));
    }

    @Test
    void shouldNameEachRoundingOfALine() throws IOException {
        final List<String> words = new ArrayList<>();
        explained(setlId(settled)).get("lines").get(1).get("words").forEach(word -> words.add(word.asText()));
        assertThat(words)
                .containsExactly(
                        "pric 12.50 x cnt 3.33 = 41.625, half up 41.63 [R1]",
                        "the ceiling 10.50 x 3.33 = 34.965, half up 34.97 [R2] leaves 6.66 overlmt",
                        "first share 34.97 x 0.1 = 3.497, half up 3.50 [R3] preselfpay");
    }

    @Test
    void shouldExplainAPresettlementAsItsSettlement() throws IOException {
        final JsonNode before = explained("--msgid", presettled.request().msgid());
        final JsonNode settlement = explained("--msgid", settled.request().msgid());
        assertThat(before.get("kind").asText()).isEqualTo("PRESETTLEMENT");
        assertThat(before.has("setlId")).isFalse();
        assertThat(settlement.get("setlId").asText()).isEqualTo(setlId(settled));
        for (final String part : List.of("lines", "steps", "shares", "accumulators", "account", "identities")) {
            assertThat(before.get(part)).as(part).isEqualTo(settlement.get(part));
        }
    }

    @Test
    void shouldGoOnWhereTheSettlementBeforeEnded() throws IOException {
        final JsonNode first = explained(setlId(settled)).get("accumulators");
        final JsonNode second = explained(setlId(cancelled)).get("accumulators");
        assertThat(first.findValuesAsText("name"))
                .containsExactly("outpatient.deductible", "outpatient.base", "outpatient.paid");
        assertThat(second.findValuesAsText("name"))
                .as("the deductible was used up")
                .containsExactly("outpatient.base", "outpatient.paid");
        assertThat(second.get(0).get("beforeFen")).isEqualTo(first.get(1).get("afterFen"));
        assertThat(second.get(1).get("beforeFen")).isEqualTo(first.get(2).get("afterFen"));
    }

    @Test
    void shouldSayWhatACancelTookBack() throws IOException {
        final String cancelId = cancel.answer().cancel().setlId();
        final JsonNode document = explained(cancelId);
        assertThat(document.get("kind").asText()).isEqualTo("CANCEL");
        assertThat(document.get("setlId").asText()).isEqualTo(cancelId);
        assertThat(document.get("originalSetlId").asText()).isEqualTo(setlId(cancelled));
        final JsonNode given = explained(setlId(cancelled));
        assertThat(document.get("accumulators")).hasSameSizeAs(given.get("accumulators"));
        for (int i = 0; i < document.get("accumulators").size(); i++) {
            final JsonNode back = document.get("accumulators").get(i);
            final JsonNode there = given.get("accumulators").get(i);
            assertThat(back.get("name")).isEqualTo(there.get("name"));
            assertThat(back.get("beforeFen")).isEqualTo(there.get("afterFen"));
            assertThat(back.get("afterFen")).isEqualTo(there.get("beforeFen"));
        }
        assertThat(document.at("/account/afterFen")).isEqualTo(given.at("/account/beforeFen"));
        assertThat(document.at("/shares/hifpPayFen").asLong())
                .isEqualTo(-given.at("/shares/hifpPayFen").asLong());
        assertThat(SmallCity.run("explain", data(), cancelId))
                .startsWith("Cancel " + cancelId)
                .contains("takes back  " + setlId(cancelled))
                .contains("What was given back");
    }

    @Test
    void shouldExplainARefusal() throws IOException {
        assertThat(refused.answer().code()).isEqualTo(ResultCode.LINE_AMOUNT_WRONG);
        final JsonNode document = explained("--msgid", refused.request().msgid());
        assertThat(document.at("/result/codeName").asText()).isEqualTo("LINE_AMOUNT_WRONG");
        assertThat(document.at("/result/lineIndex").asInt()).isEqualTo(1);
        assertThat(document.at("/result/isMsgidBound").asBoolean()).isTrue();
        assertThat(document.get("steps")).isEmpty();
        assertThat(document.has("shares")).isFalse();
        assertThat(document.has("accumulators")).isFalse();
        final String text =
                SmallCity.run("explain", data(), "--msgid", refused.request().msgid());
        assertThat(text)
                .contains("REFUSED")
                .contains(ResultCode.LINE_AMOUNT_WRONG.textEn())
                .contains(", line 2")
                .contains("2. AT FAULT: Item B: pric 12.50 x cnt 3.33");
    }

    @Test
    void shouldExplainARefusedCancel() throws IOException {
        assertThat(refusedCancel.answer().code()).isEqualTo(ResultCode.LATER_SETTLEMENTS);
        final JsonNode document = explained("--msgid", refusedCancel.request().msgid());
        assertThat(document.get("kind").asText()).isEqualTo("CANCEL");
        assertThat(document.at("/result/codeName").asText()).isEqualTo("LATER_SETTLEMENTS");
        assertThat(document.has("accumulators")).isFalse();
    }

    @Test
    void shouldSayWhatIsNotThere() {
        final Result beyond = execute("explain", data(), setlId(settled).substring(0, 14) + "0000000000999999");
        assertThat(beyond.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(beyond.err).contains("no durable record 999999");
        final Result foreign =
                execute("explain", data(), "999999" + setlId(settled).substring(6));
        assertThat(foreign.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(foreign.err).contains("settled nothing under this setl_id");
        final Result unknown = execute("explain", data(), "--msgid", "H32030200001" + "20200101000000" + "0001");
        assertThat(unknown.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(unknown.err).contains("no durable record is of this msgid");
    }

    @Test
    void shouldRefuseWhatNeedsNoExplanation() {
        final Result other =
                execute("explain", data(), "--msgid", asked.request().msgid());
        assertThat(other.exitCode).isEqualTo(2);
        assertThat(other.err).contains("is a 1101").contains("journal show");
        assertThat(execute("explain", data()).exitCode).isEqualTo(2);
        assertThat(execute(
                                "explain",
                                data(),
                                setlId(settled),
                                "--msgid",
                                settled.request().msgid())
                        .exitCode)
                .isEqualTo(2);
        assertThat(execute("explain", data(), "12").err).contains("30 digits");
    }

    @Test
    void shouldNameNobodyAndFitTheScreen() {
        final List<String> texts = new ArrayList<>();
        for (final Sent sent : List.of(presettled, settled, refused, cancelled, refusedCancel, cancel)) {
            texts.add(SmallCity.run("explain", data(), "--msgid", sent.request().msgid()));
            SmallCity.run("explain", data(), "--msgid", sent.request().msgid(), "--json")
                    .lines()
                    .forEach(texts::add);
        }
        final String all = String.join("\n", texts);
        assertThat(all.contains(SmallCity.psnNo(PERSON))).as("psn_no").isFalse();
        assertThat(all.contains(SmallCity.certno(PERSON))).as("certno").isFalse();
        assertThat(all.contains("Person0")).as("name").isFalse();
        assertThat(all).contains("psn_no 320***************00");
        assertThat(SmallCity.run("explain", data(), setlId(settled)).lines()).allMatch(line -> line.length() <= WIDEST);
    }

    /** Numbers that differ from day to day are left out of the comparison. */
    @Test
    void shouldPrintWhatTheDocumentShows() throws IOException {
        final String document = Files.readString(Path.of("..", "docs", "OPERATIONS.md"));
        final int start = document.indexOf("```text\nSettlement ") + "```text\n".length();
        assertThat(start).isGreaterThan("```text\n".length());
        final String shown = document.substring(start, document.indexOf("```", start));
        assertThat(comparable(shown)).isEqualTo(comparable(SmallCity.run("explain", data(), setlId(settled))));
    }

    private static String comparable(final String text) {
        return text.replaceAll("[0-9]{30}", "SETL_ID")
                .replaceAll("H[0-9]{29}", "MSGID")
                .replaceAll("[0-9T:.-]{23}\\+08:00", "TIME")
                .replaceAll("record [0-9]+", "record N")
                .replaceAll("age [0-9]+", "age N")
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    private record Result(int exitCode, String out, String err) {}

    private static Result execute(final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Settlegate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
