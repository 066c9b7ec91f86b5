package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.receipt.Receipt;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Heads, proofs, and answers given again, beside a running gateway and offline. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ProofCommandsTest {
    private static final int SETTLEMENTS = 8;
    private static final String REASON = "dispute 17";

    private final List<SignedRequest> requests = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Random random = new Random(11);
    private Path directory;
    private SmallCity city;
    private Gateway gateway;
    private TerminalClient client;
    private Path copy;
    private Path oldHead;
    private Answer repeated;

    @BeforeAll
    void settleSome(@TempDir final Path temporary) throws Exception {
        directory = temporary;
        city = SmallCity.found(temporary);
        start(city.data());
        settle(SETTLEMENTS);
        oldHead = directory.resolve("old.head");
        SmallCity.run("journal", "head", data(), "--out", oldHead.toString());
        stop();
        copy = directory.resolve("copy");
        copyAll(city.data(), copy);
        // A terminal that begins anew in the same second would use the msgids of before again.
        TimeUnit.MILLISECONDS.sleep(1_100);
        start(city.data());
        repeated = client.send(requests.get(0)).get(20, TimeUnit.SECONDS);
        settle(SETTLEMENTS);
    }

    private void start(final Path data) throws Exception {
        gateway = GatewayInProcess.startWithOperators(data, PipelineConfiguration.forCores(2), Clock.systemUTC());
        client = TerminalClient.connect(
                city.at(data).endpoint(gateway.address()),
                city.terminals().get(0),
                ClientTiming.DEFAULT,
                Clock.systemUTC());
    }

    @AfterAll
    void stop() {
        client.close();
        gateway.close();
    }

    private void settle(final int count) throws Exception {
        final TerminalIdentity terminal = city.terminals().get(0);
        for (int i = 0; i < count; i++) {
            final SignedRequest request = client.requests()
                    .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()));
            requests.add(request);
            answers.add(client.send(request).get(20, TimeUnit.SECONDS));
        }
    }

    private String data() {
        return city.data().toString();
    }

    private String key() {
        return city.data().resolve("keys").resolve("gateway.pub.pem").toString();
    }

    private Path file(final String name) {
        return directory.resolve(name);
    }

    /** The answer in files; its last argument is the name of them. */
    private Result receiptInto(final String record, final String name) {
        return execute(
                "journal",
                "receipt",
                data(),
                record,
                "--out",
                name,
                "--unmask",
                "--operator-key",
                city.data().resolve("keys").resolve("operator.pem").toString(),
                "--reason",
                REASON);
    }

    /** What ReadUnmasked records say, oldest first. */
    private List<JsonNode> readings() throws IOException {
        final List<JsonNode> readings = new ArrayList<>();
        final String found = execute("journal", "grep", data(), "--transaction", "ReadUnmasked", "--json").out;
        for (final String line : found.lines().toList()) {
            final String sequence = json(line).get("sequence").asText();
            readings.add(json(SmallCity.run("journal", "show", data(), "--sequence", sequence, "--json"))
                    .at("/records/0"));
        }
        return readings;
    }

    private long repeatOfTheFirst() throws IOException {
        for (final JsonNode record : json(SmallCity.run(
                        "journal", "show", data(), "--msgid", requests.get(0).msgid(), "--json"))
                .get("records")) {
            if (record.get("outcomeMessage").asText().equals("RepeatOutcome")) {
                return record.get("sequence").asLong();
            }
        }
        throw new AssertionError("the repeat is not there");
    }

    private static long sequenceOf(final Answer answer) {
        return Receipt.decode(answer.receipt()).sequence();
    }

    private static JsonNode json(final String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void shouldGiveEachAnswerAgainAsTheTerminalGotIt() throws IOException {
        for (int i = 0; i < answers.size(); i++) {
            final String name = file("again-" + i).toString();
            final Result given = receiptInto(requests.get(i).msgid(), name);
            assertThat(given.exitCode).as(given.err).isZero();
            assertThat(Files.readAllBytes(Path.of(name + ".outcome")))
                    .isEqualTo(answers.get(i).outcome());
            assertThat(Files.readAllBytes(Path.of(name + ".receipt")))
                    .isEqualTo(answers.get(i).receipt());
        }
        final String name = file("again-0").toString();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(name + ".outcome"))))
                .isEqualTo("rw-------");
        assertThat(SmallCity.run(
                        "receipt",
                        "verify",
                        "--key",
                        key(),
                        "--receipt",
                        name + ".receipt",
                        "--outcome",
                        name + ".outcome"))
                .startsWith("valid");
        final int before = readings().size();
        assertThat(receiptInto(requests.get(0).msgid(), name).err).contains("not written over");
        assertThat(readings()).as("nothing was read").hasSize(before);
    }

    @Test
    void shouldLeaveARecordBeforeAnAnswerIsWrittenInClear() throws IOException {
        final int before = readings().size();
        final long first = sequenceOf(answers.get(0));
        final String repeat = "" + repeatOfTheFirst();
        final Result given = receiptInto(repeat, file("of-repeat").toString());
        assertThat(given.exitCode).as(given.err).isZero();
        final List<JsonNode> readings = readings();
        assertThat(readings).hasSize(before + 1);
        final JsonNode record = readings.get(before);
        assertThat(given.err).contains("on record in the journal, as record " + record.get("sequence"));
        assertThat(record.at("/outcomeMessage").asText()).isEqualTo("ActOutcome");
        final JsonNode act = record.get("request");
        assertThat(act.get("command").asText()).isEqualTo("RECEIPT");
        assertThat(act.get("scope").asText()).isEqualTo("receipt " + repeat);
        assertThat(act.get("reason").asText()).isEqualTo(REASON);
        assertThat(act.get("firstSequence").asLong()).as("what is shown").isEqualTo(first);
        assertThat(act.get("lastSequence").asLong()).isEqualTo(first);
    }

    @Test
    void shouldWriteNoAnswerWithoutARecordOfIt() throws Exception {
        final int before = readings().size();
        final String msgid = requests.get(1).msgid();
        final Path name = file("unrecorded");
        final Result bare = execute("journal", "receipt", data(), msgid, "--out", name.toString());
        assertThat(bare.exitCode).isEqualTo(2);
        assertThat(bare.err).contains("--unmask").contains("--operator-key").contains("--reason");
        final Result shown = execute("journal", "receipt", data(), msgid, "--unmask");
        assertThat(shown.exitCode).isEqualTo(2);
        final Path stranger = file("stranger.pem");
        KeyFiles.writePrivate(stranger, Sm2PrivateKey.generate(new SecureRandom()));
        final Result refused = execute(
                "journal",
                "receipt",
                data(),
                msgid,
                "--out",
                name.toString(),
                "--unmask",
                "--operator-key",
                stranger.toString(),
                "--reason",
                REASON);
        assertThat(refused.exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(file("unrecorded.outcome")).doesNotExist();
        assertThat(file("unrecorded.receipt")).doesNotExist();
        assertThat(execute("journal", "receipt", data(), msgid).exitCode).isZero();
        assertThat(readings()).as("nothing was shown in clear").hasSize(before);
    }

    @Test
    void shouldFindTheAnswerBySequenceAndSettlementNumberAndOfARepeatTheFirst() throws IOException {
        assertThat(repeated.receipt()).isEqualTo(answers.get(0).receipt());
        final long sequence = sequenceOf(answers.get(0));
        final JsonNode shown = json(SmallCity.run("journal", "show", data(), "--sequence", "" + sequence, "--json"))
                .get("records")
                .get(0);
        final String setlId = shown.get("outcome").get("setlId").asText();
        for (final String name : List.of("" + sequence, setlId, requests.get(0).msgid())) {
            final JsonNode given = json(SmallCity.run("journal", "receipt", data(), name, "--json"));
            assertThat(given.get("sequence").asLong()).isEqualTo(sequence);
            assertThat(given.get("verdict").asText()).isEqualTo("VALID");
        }
        final long repeat = repeatOfTheFirst();
        assertThat(repeat).isGreaterThan(sequence);
        final JsonNode ofRepeat = json(SmallCity.run("journal", "receipt", data(), "" + repeat, "--json"));
        assertThat(ofRepeat.get("sequence").asLong()).isEqualTo(sequence);
        assertThat(ofRepeat.get("askedSequence").asLong()).isEqualTo(repeat);
        assertThat(SmallCity.run("journal", "receipt", data(), "" + repeat)).contains("is a repeat");
    }

    @Test
    void shouldSayWhatIsNoAnswer() {
        assertThat(execute("journal", "receipt", data(), "0").err).contains("no answer to anybody");
        assertThat(execute("journal", "receipt", data(), "0").exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(execute("journal", "prove", data(), "999999").exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(execute("journal", "prove", data(), "P32030200001" + "20200101000000" + "0001").err)
                .contains("no durable record is of this msgid");
        assertThat(execute("journal", "prove", data(), "P3203").err).contains("got 5 characters");
    }

    @Test
    void shouldProveRecordsUnderAKeptHeadAndTheNewest() throws IOException {
        final Path proof = file("record.proof");
        SmallCity.run(
                "journal",
                "prove",
                data(),
                requests.get(2).msgid(),
                "--head",
                oldHead.toString(),
                "--out",
                proof.toString());
        final Path outcome = Files.write(file("outcome-2"), answers.get(2).outcome());
        final String verified = SmallCity.run(
                "proof",
                "verify",
                proof.toString(),
                "--gateway-key",
                key(),
                "--head",
                oldHead.toString(),
                "--outcome",
                outcome.toString());
        assertThat(verified).startsWith("valid").contains("with this outcome");
        final Path other = Files.write(file("outcome-3"), answers.get(3).outcome());
        final Result wrong =
                execute("proof", "verify", proof.toString(), "--key", key(), "--outcome", other.toString(), "--json");
        assertThat(wrong.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(json(wrong.out).get("step").asText()).isEqualTo("OUTCOME");

        for (final Answer answer : answers) {
            final Path newest = file("newest-" + sequenceOf(answer));
            SmallCity.run("journal", "prove", data(), "" + sequenceOf(answer), "--out", newest.toString());
            assertThat(SmallCity.run("proof", "verify", newest.toString(), "--key", key()))
                    .startsWith("valid");
        }
        assertThat(SmallCity.run("journal", "prove", data(), "" + sequenceOf(answers.get(0)), "--json"))
                .contains("pathLength")
                .doesNotContain("outcome-hash");
        final long late = sequenceOf(answers.get(answers.size() - 1));
        final Result refused = execute("journal", "prove", data(), "" + late, "--head", oldHead.toString());
        assertThat(refused.exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(refused.err).contains("newer than the head");
    }

    @Test
    void shouldProveTheKeptHeadConsistentWithTheNewestAndVerifyTheJournalFromIt() throws IOException {
        final Path proof = file("consistency.proof");
        SmallCity.run("journal", "consistency", data(), oldHead.toString(), "--out", proof.toString());
        assertThat(SmallCity.run(
                        "proof", "verify", proof.toString(), "--gateway-key", key(), "--head", oldHead.toString()))
                .startsWith("valid")
                .contains("unchanged");
        assertThat(SmallCity.run("journal", "consistency", data(), "1", "3"))
                .startsWith("settlegate consistency-proof 1");
        final JsonNode verified =
                json(SmallCity.run("journal", "verify", data(), "--from-head", oldHead.toString(), "--json"));
        assertThat(verified.get("good").asBoolean()).isTrue();
        assertThat(verified.get("heads").get(0).get("finding").asText()).isEqualTo("FITS");
    }

    @Test
    void shouldTakeTheSealOfAReceiptForAHead() throws IOException {
        final Path receipt = Files.write(file("a.receipt"), answers.get(1).receipt());
        final Path head = file("of-receipt.head");
        SmallCity.run("proof", "head", "--receipt", receipt.toString(), "--key", key(), "--out", head.toString());
        final long number = Receipt.decode(answers.get(1).receipt()).seal().sealNumber();
        assertThat(Files.readString(head)).isEqualTo(SmallCity.run("journal", "head", data(), "--seal", "" + number));
        assertThat(SmallCity.run("journal", "verify", data(), "--from-head", head.toString()))
                .contains("holds this head");
    }

    /** An older copy, gone on with in its own way: signed with the true key, whole in itself, and no longer that journal. */
    @Test
    void shouldDetectAnotherHistoryByAKeptHead() throws Exception {
        final Path newest = file("newest.head");
        SmallCity.run("journal", "head", data(), "--out", newest.toString());
        assertThat(execute("journal", "verify", copy.toString(), "--from-head", newest.toString()))
                .satisfies(result -> assertThat(result.exitCode).isEqualTo(Settlegate.FOUND))
                .satisfies(result -> assertThat(result.out).contains("whole").contains("ends before it"));
        final Gateway running = gateway;
        final TerminalClient connected = client;
        try {
            start(copy);
            settle(0);
            // More than the journal itself has, with the readings of the other tests.
            for (int i = 0; i < 6 * SETTLEMENTS; i++) {
                client.send(client.requests()
                                .settle(
                                        client.nextMsgid(),
                                        SmallCity.settlement(
                                                random, city.terminals().get(0), System.currentTimeMillis())))
                        .get(20, TimeUnit.SECONDS);
            }
            stop();
        } finally {
            gateway = running;
            client = connected;
        }
        final Result verified = execute(
                "journal",
                "verify",
                copy.toString(),
                "--from-head",
                oldHead.toString(),
                "--from-head",
                newest.toString(),
                "--replay");
        assertThat(verified.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(verified.out)
                .contains("holds this head")
                .contains("REWRITTEN")
                .contains("the two histories part ")
                .contains("every outcome and state hash is equal");
        final Result proven = execute("journal", "prove", copy.toString(), "1", "--head", newest.toString());
        assertThat(proven.exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(proven.err).contains("the head is refused").contains("part");
        assertThat(execute("journal", "consistency", copy.toString(), newest.toString()).exitCode)
                .isEqualTo(Settlegate.FAILED);
    }

    @Test
    void shouldNameFileAndByteOfADamageAndRefuseAnAlteredHead() throws IOException {
        final Path damaged = file("damaged");
        copyAll(copy, damaged);
        final Path queue;
        try (Stream<Path> files = Files.list(damaged.resolve("journal").resolve("segment-00000000"))) {
            queue = files.filter(path -> path.toString().endsWith(".cq4"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        final byte[] bytes = Files.readAllBytes(queue);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(SmallCity.GATEWAY_ID)] ^= 1;
        Files.write(queue, bytes);
        final Result result = execute(
                "journal", "verify", damaged.toString(), "--from-head", oldHead.toString(), "--replay", "--json");
        assertThat(result.exitCode).isEqualTo(Settlegate.FOUND);
        final JsonNode damage = json(result.out).get("damages").get(0);
        assertThat(damage.get("file").asText()).isEqualTo(queue.toString());
        assertThat(damage.get("offset").asLong()).isPositive();
        assertThat(damage.get("field").asText()).isEqualTo("crc");

        final Path altered = file("altered.head");
        Files.writeString(altered, Files.readString(oldHead).replace("gateway-id: ", "gateway-id: X"));
        final Result refused = execute("journal", "verify", data(), "--from-head", altered.toString());
        assertThat(refused.exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(refused.err).contains("altered.head is no head: line 2");
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
}
