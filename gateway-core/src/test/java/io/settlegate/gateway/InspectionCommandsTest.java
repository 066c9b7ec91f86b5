package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a journal while the gateway runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class InspectionCommandsTest {
    private static final int SETTLEMENTS = 12;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);

    private final List<SignedRequest> requests = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Random random = new Random(7);
    private SmallCity city;
    private Gateway gateway;
    private TerminalClient client;

    @BeforeAll
    void settleSome(@TempDir final Path directory) throws Exception {
        city = SmallCity.found(directory);
        gateway = GatewayInProcess.start(city.data());
        client = TerminalClient.connect(
                city.endpoint(gateway.address()), city.terminals().get(0), ClientTiming.DEFAULT, Clock.systemUTC());
        for (int i = 0; i < SETTLEMENTS; i++) {
            settle();
        }
        client.send(client.requests().personInfo(client.nextMsgid(), SmallCity.COUNTY, "02", SmallCity.certno(3)))
                .get(20, TimeUnit.SECONDS);
        client.send(requests.get(0)).get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    void stop() {
        client.close();
        gateway.close();
    }

    private void settle() throws Exception {
        final TerminalIdentity terminal = city.terminals().get(0);
        final SignedRequest request = client.requests()
                .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()));
        requests.add(request);
        answers.add(client.send(request).get(20, TimeUnit.SECONDS));
    }

    private static JsonNode json(final String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private String data() {
        return city.data().toString();
    }

    @Test
    void shouldShowARecordBySequenceMsgidAndSettlementNumber() throws IOException {
        final String msgid = requests.get(5).msgid();
        final JsonNode byMsgid = json(SmallCity.run("journal", "show", data(), "--msgid", msgid, "--json"))
                .get("records");
        assertThat(byMsgid).hasSize(1);
        final JsonNode record = byMsgid.get(0);
        final String setlId = record.get("outcome").get("setlId").asText();
        final String sequence = record.get("sequence").asText();
        assertThat(json(SmallCity.run("journal", "show", data(), "--setl-id", setlId, "--json"))
                        .get("records")
                        .get(0))
                .isEqualTo(record);
        assertThat(json(SmallCity.run("journal", "show", data(), "--sequence", sequence, "--json"))
                        .get("records")
                        .get(0))
                .isEqualTo(record);

        assertThat(record.get("transaction").asText()).isEqualTo("2102");
        assertThat(record.get("time").asText()).endsWith("+08:00");
        assertThat(record.get("request").get("header").get("msgid").asText()).isEqualTo(msgid);
        assertThat(record.get("request").get("drugdetail").isEmpty()).isFalse();
        assertThat(record.get("outcome").get("medfeeSumamtFen").asLong()).isPositive();
        final JsonNode receipt = record.get("receipt");
        assertThat(receipt.get("verdict").asText()).isEqualTo("VALID");
        assertThat(receipt.get("durability").asText()).isEqualTo("BATCH");
        assertThat(receipt.get("firstSequence").asLong()
                        + receipt.get("leafIndex").asLong())
                .isEqualTo(record.get("sequence").asLong());
        assertThat(receipt.get("sealNumber").asLong()).isPositive();
    }

    /** The first request was sent twice: the journal holds its outcome and a repeat. */
    @Test
    void shouldShowAllThatSpeaksOfAMsgid() throws IOException {
        final List<JsonNode> records = new ArrayList<>();
        json(SmallCity.run("journal", "show", data(), "--msgid", requests.get(0).msgid(), "--json"))
                .get("records")
                .forEach(records::add);
        // A sign-in takes its number before it knows its lane, and binds none: it may have the same one.
        records.removeIf(record -> record.get("transaction").asText().equals("9001"));
        assertThat(records).hasSize(2);
        assertThat(records.get(0).get("outcomeMessage").asText()).isEqualTo("PharmacySettleOutcome");
        assertThat(records.get(1).get("outcomeMessage").asText()).isEqualTo("RepeatOutcome");
        assertThat(records.get(1).get("outcome").get("firstSequence"))
                .isEqualTo(records.get(0).get("sequence"));
    }

    @Test
    void shouldShowForAPersonWhatIsInTheJson() {
        final String shown = SmallCity.run(
                "journal", "show", data(), "--msgid", requests.get(3).msgid());
        assertThat(shown)
                .startsWith("record ")
                .contains("2102 PharmacySettle")
                .contains("0 OK")
                .containsPattern("verdict +VALID")
                .contains(" yuan")
                .contains("pric 12.500000");
    }

    @Test
    void shouldSayWhatIsNotThere() {
        final Result beyond = execute("journal", "show", data(), "--sequence", "99999");
        assertThat(beyond.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(beyond.err).contains("no durable record 99999");
        final String known = json2(requests.get(1).msgid());
        final Result foreign = execute("journal", "show", data(), "--setl-id", "999999" + known.substring(6));
        assertThat(foreign.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(foreign.err).contains("settled nothing under this setl_id");
        assertThat(execute("journal", "show", data(), "--msgid", "P32030200001" + "20200101000000" + "0001").exitCode)
                .isEqualTo(Settlegate.FOUND);
        assertThat(execute("journal", "show", data(), "--setl-id", "12").err).contains("30 digits");
        assertThat(execute("journal", "show", data()).err)
                .contains("--sequence")
                .contains("--msgid");
    }

    private String json2(final String msgid) {
        try {
            return json(SmallCity.run("journal", "show", data(), "--msgid", msgid, "--json"))
                    .get("records")
                    .get(0)
                    .get("outcome")
                    .get("setlId")
                    .asText();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTellTheNewestRecordsALineEach() throws IOException {
        final String[] lines =
                SmallCity.run("journal", "tail", data(), "-n", "3").split("\n");
        assertThat(lines).hasSize(3);
        final String[] objects = SmallCity.run("journal", "tail", data(), "-n", "1000", "--json")
                .strip()
                .split("\n", -1);
        int settlements = 0;
        for (int i = 0; i < objects.length; i++) {
            final JsonNode line = json(objects[i]);
            assertThat(line.get("sequence").asInt()).isEqualTo(i);
            if (line.path("transaction").asText().equals("2102") && line.has("setlId")) {
                settlements++;
                assertThat(line.get("institution").asText()).isEqualTo(SmallCity.PHARMACY);
                assertThat(line.get("terminal").asText()).isEqualTo("SN-P0");
                assertThat(line.get("fundPaySumamtFen").asLong()
                                + line.get("acctPayFen").asLong()
                                + line.get("psnCashPayFen").asLong())
                        .isEqualTo(line.get("medfeeSumamtFen").asLong());
            }
        }
        assertThat(settlements).isGreaterThanOrEqualTo(SETTLEMENTS);
        assertThat(json(objects[0]).get("kind").asText()).isEqualTo("GENESIS");
    }

    @Test
    void shouldFollowARunningGateway() throws Exception {
        final StringWriter out = new StringWriter();
        final Thread tail = new Thread(
                () -> Settlegate.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute("journal", "tail", data(), "-n", "0", "-f", "--json"),
                "tail");
        tail.start();
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        String seen = "";
        while (!seen.contains(requests.get(requests.size() - 1).msgid())) {
            assertThat(System.nanoTime()).as("the tail never showed %s", seen).isLessThan(deadlineNs);
            settle();
            Thread.sleep(50);
            seen = out.toString();
        }
        tail.interrupt();
        tail.join(TimeUnit.NANOSECONDS.toMillis(DEADLINE_NS));
        assertThat(tail.isAlive()).isFalse();
        long last = -1;
        for (final String line : out.toString().strip().split("\n", -1)) {
            final long sequence = json(line).get("sequence").asLong();
            assertThat(last < 0 || sequence == last + 1)
                    .as("after %d came %d", last, sequence)
                    .isTrue();
            last = sequence;
        }
    }

    @Test
    void shouldNameNobodyInAnyOutput() throws IOException {
        final List<String> outputs = new ArrayList<>();
        outputs.add(SmallCity.run("journal", "tail", data(), "-n", "1000"));
        outputs.add(SmallCity.run("journal", "tail", data(), "-n", "1000", "--json"));
        outputs.add(SmallCity.run("journal", "info", data()));
        outputs.add(SmallCity.run("journal", "info", data(), "--json"));
        outputs.add(SmallCity.run("journal", "verify", data()));
        outputs.add(SmallCity.run("journal", "verify", data(), "--json"));
        outputs.add(SmallCity.run("journal", "head", data()));
        outputs.add(SmallCity.run("journal", "head", data(), "--json"));
        outputs.add(SmallCity.run("journal", "consistency", data(), "0"));
        outputs.add(SmallCity.run("journal", "prove", data(), "1"));
        outputs.add(SmallCity.run("journal", "receipt", data(), requests.get(0).msgid()));
        outputs.add(SmallCity.run("journal", "receipt", data(), requests.get(0).msgid(), "--json"));
        outputs.add(SmallCity.run("replay", data()));
        outputs.add(SmallCity.run("replay", data(), "--json"));
        final int count = outputs.get(1).split("\n").length;
        for (int sequence = 0; sequence < count; sequence++) {
            outputs.add(SmallCity.run("journal", "show", data(), "--sequence", "" + sequence, "--rows"));
            outputs.add(SmallCity.run("journal", "show", data(), "--sequence", "" + sequence, "--rows", "--json"));
        }
        final String all = String.join("\n", outputs);
        for (int person = 0; person < SmallCity.PERSONS; person++) {
            assertThat(all.contains(SmallCity.psnNo(person)))
                    .as("psn_no of %d", person)
                    .isFalse();
            assertThat(all.contains(SmallCity.certno(person)))
                    .as("certno of %d", person)
                    .isFalse();
            assertThat(all.contains("Person" + person)).as("name of %d", person).isFalse();
        }
        // With one of these a program tries the masked digits until it fits.
        assertThat(all)
                .doesNotContain("\"signature\"")
                .doesNotContainPattern("(?m)^ *signature ")
                .doesNotContain("commandHash")
                .doesNotContain("outcomeHash");
        // They are there, masked: else nothing was looked for.
        assertThat(all).contains("\"psnName\" : \"P**\"").contains("320*************");
        assertThat(all).contains("PersonChunk").contains("rowCount");
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
