package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.BusyCity.Result;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading unmasked leaves a durable record first, or shows nothing. */
@Timeout(120)
class ReadUnmaskedTest {
    private static final String REASON = "投诉 4711, asked by the bureau";

    @TempDir
    private Path directory;

    private BusyCity busy;

    @BeforeEach
    void start() throws Exception {
        busy = new BusyCity(directory, 17);
        busy.settle(30);
    }

    @AfterEach
    void stop() throws IOException {
        busy.close();
        busy.operator.replay();
    }

    private String keyFile() {
        return busy.city.data().resolve("keys").resolve("operator.pem").toString();
    }

    private Result unmasked(final String... arguments) {
        final List<String> line = new ArrayList<>(Arrays.asList(arguments));
        line.addAll(List.of("--unmask", "--operator-key", keyFile(), "--reason", REASON));
        return BusyCity.run(line.toArray(String[]::new));
    }

    private static JsonNode json(final String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private List<JsonNode> trail() throws IOException {
        final List<JsonNode> trail = new ArrayList<>();
        for (final String line : BusyCity.run("journal", "grep", busy.data(), "--transaction", "ReadUnmasked", "--json")
                .lines()) {
            trail.add(json(BusyCity.run(
                                    "journal",
                                    "show",
                                    busy.data(),
                                    "--sequence",
                                    json(line).get("sequence").asText(),
                                    "--json")
                            .out())
                    .at("/records/0"));
        }
        return trail;
    }

    private String aPerson() {
        for (int person = 0; person < SmallCity.PERSONS; person++) {
            final Result found = BusyCity.run(
                    "journal", "grep", busy.data(), "--person", SmallCity.psnNo(person), "--transaction", "2102", "-c");
            if (found.exitCode() == 0) {
                return SmallCity.psnNo(person);
            }
        }
        throw new AssertionError("nobody settled");
    }

    @Test
    void shouldShowPersonsAfterTheRecordOfIt() throws IOException {
        final String person = aPerson();
        final String sequence = json(BusyCity.run(
                                "journal", "grep", busy.data(), "--person", person, "--transaction", "2102", "--json")
                        .lines()
                        .get(0))
                .get("sequence")
                .asText();
        assertThat(BusyCity.run("journal", "show", busy.data(), "--sequence", sequence)
                        .out())
                .doesNotContain(person);
        final Result shown = unmasked("journal", "show", busy.data(), "--sequence", sequence, "--json");
        assertThat(shown.exitCode()).isZero();
        assertThat(json(shown.out()).at("/records/0/request/psnNo").asText()).isEqualTo(person);
        assertThat(shown.err()).contains("this reading is on record");

        final List<JsonNode> trail = trail();
        assertThat(trail).hasSize(1);
        final JsonNode act = trail.get(0).get("request");
        assertThat(act.get("command").asText()).isEqualTo("SHOW");
        assertThat(act.get("reason").asText()).isEqualTo(REASON);
        assertThat(act.get("scope").asText()).isEqualTo("show --sequence " + sequence);
        assertThat(act.get("firstSequence").asText()).isEqualTo(sequence);
        assertThat(act.get("lastSequence").asText()).isEqualTo(sequence);
        assertThat(act.has("scopeDigest")).as("masked").isFalse();
        assertThat(trail.get(0).get("outcomeMessage").asText()).isEqualTo("ActOutcome");
        assertThat(trail.get(0).at("/receipt/verdict").asText()).isEqualTo("VALID");
        assertThat(shown.err())
                .contains("record " + trail.get(0).get("sequence").asText());
    }

    /** Whoever knows the number can find out that it was looked for; the record itself does not name it. */
    @Test
    void shouldKeepWhoWasLookedForAsADigest() throws IOException {
        final String person = aPerson();
        final Result found = unmasked("journal", "grep", busy.data(), "--person", person, "--code", "0", "--json");
        assertThat(found.exitCode()).isZero();
        final JsonNode record = trail().get(0);
        assertThat(record.toString()).doesNotContain(person);
        final JsonNode act = record.get("request");
        assertThat(act.get("scope").asText())
                .isEqualTo("grep --person " + person.substring(0, 3) + "*".repeat(15) + person.substring(18)
                        + " --code 0");
        assertThat(act.get("firstSequence").asLong()).isZero();
        assertThat(act.get("lastSequence").asLong())
                .isEqualTo(record.get("sequence").asLong() - 1);

        final JsonNode clear = json(unmasked(
                                "journal",
                                "show",
                                busy.data(),
                                "--sequence",
                                record.get("sequence").asText(),
                                "--json")
                        .out())
                .at("/records/0/request");
        final byte[] actId = clear.at("/header/actId").asText().getBytes(StandardCharsets.US_ASCII);
        final byte[] asked = ("grep --person " + person + " --code 0").getBytes(StandardCharsets.UTF_8);
        final byte[] hashed = Arrays.copyOf(actId, 30 + asked.length);
        System.arraycopy(asked, 0, hashed, 30, asked.length);
        assertThat(clear.get("scopeDigest").asText()).isEqualTo(HexFormat.of().formatHex(Sm3.hash(hashed)));
    }

    @Test
    void shouldShowHowAPersonStoodAfterTheRecordOfIt() throws IOException {
        final String number = aPerson();
        int person = 0;
        while (!SmallCity.psnNo(person).equals(number)) {
            person++;
        }
        final String certno = SmallCity.certno(person);
        final String[] byNumber = {"journal", "show", busy.data(), "--person", number, "--json"};
        final JsonNode masked = json(BusyCity.run(byNumber).out());
        assertThat(masked.toString()).doesNotContain(number).doesNotContain(certno);
        assertThat(trail()).as("masked, it leaves none").isEmpty();

        final Result shown = unmasked(byNumber);
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.err()).contains("this reading is on record");
        final JsonNode clear = json(shown.out());
        assertThat(clear.toString()).contains(number).contains(certno);
        assertThat(clear.at("/person/psnNo").asText()).isEqualTo(number);
        final long last = clear.at("/at/lastSequence").asLong();
        final Result byCertificate =
                unmasked("journal", "show", busy.data(), "--cert", "01:" + certno, "--at", "" + (last - 1));
        assertThat(byCertificate.exitCode()).as(byCertificate.err()).isZero();
        assertThat(byCertificate.out()).contains(number).contains(certno);

        final List<JsonNode> trail = trail();
        assertThat(trail).hasSize(2);
        assertThat(trail.toString()).doesNotContain(number).doesNotContain(certno);
        for (final JsonNode record : trail) {
            assertThat(record.at("/request/command").asText()).isEqualTo("SHOW");
            assertThat(record.at("/request/reason").asText()).isEqualTo(REASON);
            assertThat(record.get("outcomeMessage").asText()).isEqualTo("ActOutcome");
        }
        assertThat(trail.get(0).at("/request/scope").asText())
                .startsWith("show --person 320")
                .contains("***");
        assertThat(trail.get(1).at("/request/scope").asText())
                .startsWith("show --cert 01:")
                .contains("***")
                .endsWith(" --at " + (last - 1));
    }

    @Test
    void shouldRecordATailAndHowFarItReaches() throws IOException {
        assertThat(unmasked("journal", "tail", busy.data(), "-n", "5").lines()).hasSize(5);
        assertThat(unmasked("journal", "tail", busy.data(), "--since", "3", "--count", "4", "--follow")
                        .lines())
                .hasSize(4);
        final List<JsonNode> trail = trail();
        assertThat(trail.get(0).at("/request/command").asText()).isEqualTo("TAIL");
        assertThat(trail.get(0).at("/request/scope").asText()).isEqualTo("tail --lines 5");
        assertThat(trail.get(1).at("/request/scope").asText()).isEqualTo("tail --since 3 --count 4 --follow");
        assertThat(trail.get(1).at("/request/firstSequence").asLong()).isEqualTo(3);
        assertThat(trail.get(1).at("/request/lastSequence").asLong()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldWriteTheRecordIntoTheJournalOfAStoppedGateway() throws Exception {
        final String person = aPerson();
        busy.stop();
        final Result found =
                unmasked("journal", "grep", busy.data(), "--person", person, "--transaction", "PersonChunk");
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(trail()).hasSize(1);
        assertThat(trail().get(0).at("/receipt/durability").asText()).isEqualTo("BATCH");
        busy.start();
        assertThat(unmasked("journal", "tail", busy.data(), "-n", "1").exitCode())
                .isZero();
        assertThat(trail()).hasSize(2);
    }

    @Test
    void shouldShowNothingWhereTheRecordIsRefused() throws Exception {
        final Path other = directory.resolve("other.pem");
        KeyFiles.writePrivate(other, Sm2PrivateKey.generate(new SecureRandom()));
        for (final boolean isRunning : new boolean[] {true, false}) {
            if (!isRunning) {
                busy.stop();
            }
            for (final String command : List.of("tail", "grep", "export")) {
                final List<String> line = new ArrayList<>(List.of("journal", command, busy.data()));
                final Path target = directory.resolve("export-" + isRunning);
                if (command.equals("export")) {
                    line.addAll(List.of("--to", target.toString()));
                }
                line.addAll(List.of("--unmask", "--operator-key", other.toString(), "--reason", REASON));
                final Result refused = BusyCity.run(line.toArray(String[]::new));
                assertThat(refused.exitCode())
                        .as("%s: %s", command, refused.err())
                        .isEqualTo(Settlegate.FAILED);
                assertThat(refused.out()).as(command).isEmpty();
                assertThat(refused.err()).contains("journal info");
                if (command.equals("export")) {
                    try (java.util.stream.Stream<Path> files = Files.list(target)) {
                        assertThat(files.map(file -> file.getFileName().toString()))
                                .containsExactlyInAnyOrder("schema.json", "export.lock");
                    }
                }
            }
        }
        assertThat(trail()).isEmpty();
    }

    @Test
    void shouldNotGuessKeyOrReason() throws Exception {
        final Result noKey = BusyCity.run("journal", "tail", busy.data(), "--unmask", "--reason", REASON);
        assertThat(noKey.exitCode()).isEqualTo(2);
        assertThat(noKey.err()).contains("--operator-key");
        final Result noReason = BusyCity.run("journal", "tail", busy.data(), "--unmask", "--operator-key", keyFile());
        assertThat(noReason.exitCode()).isEqualTo(2);
        assertThat(noReason.err()).contains("--reason");
        for (final String bad : List.of("", "  ", "two\nlines", "x".repeat(201))) {
            assertThat(BusyCity.run(
                                    "journal",
                                    "tail",
                                    busy.data(),
                                    "--unmask",
                                    "--operator-key",
                                    keyFile(),
                                    "--reason",
                                    bad)
                            .exitCode())
                    .isEqualTo(2);
        }
        assertThat(BusyCity.run("journal", "tail", busy.data(), "--reason", REASON)
                        .exitCode())
                .as("a reason for nothing")
                .isEqualTo(2);
        assertThat(unmasked("journal", "grep", busy.data(), "-c").exitCode()).isEqualTo(2);
        assertThat(trail()).isEmpty();
    }
}
