package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a journal that a gateway wrote, as an operator runs them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class CommandsTest {
    private static final int SETTLEMENTS = 20;

    private Path directory;
    private SmallCity city;
    private SignedRequest request;
    private Answer answer;

    @BeforeAll
    void settleSome(@TempDir final Path temporary) throws Exception {
        directory = temporary;
        city = SmallCity.found(temporary);
        final TerminalIdentity terminal = city.terminals().get(0);
        final Random random = new Random(1);
        try (Gateway gateway = GatewayInProcess.start(city.data());
                TerminalClient client = TerminalClient.connect(
                        city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC())) {
            for (int i = 0; i < SETTLEMENTS; i++) {
                request = client.requests()
                        .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()));
                answer = client.send(request).get(20, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void shouldReplayToTheSealedState() throws IOException {
        final JsonNode replay =
                new ObjectMapper().readTree(SmallCity.run("replay", city.data().toString(), "--json"));
        assertThat(replay.get("mismatches").asLong()).isZero();
        assertThat(replay.get("settlements").asLong()).isEqualTo(SETTLEMENTS);
        assertThat(replay.get("ledgerSumFen").asLong()).isZero();
        assertThat(replay.get("stateHash").asText())
                .isEqualTo(replay.get("sealedStateHash").asText());
        assertThat(replay.get("stateHashRecomputed").asBoolean()).isTrue();
        assertThat(replay.get("recordsPerSecond").asLong()).isPositive();
        assertThat(replay.get("seals").asLong()).isPositive();
        assertThat(replay.get("records").asLong()).isGreaterThan(SETTLEMENTS);
    }

    @Test
    void shouldTellWhatAJournalHolds() throws IOException {
        final JsonNode info = new ObjectMapper()
                .readTree(SmallCity.run("journal", "info", city.data().toString(), "--json"));
        assertThat(info.get("gatewayId").asText()).isEqualTo(SmallCity.GATEWAY_ID);
        assertThat(info.get("setAside")).isEmpty();
        assertThat(SmallCity.run("journal", "info", city.data().toString())).doesNotContain(SmallCity.certno(0));
    }

    @Test
    void shouldFindAFlippedBit() throws IOException {
        assertThat(SmallCity.run("journal", "verify", city.data().toString())).contains("whole");
        final Path damaged = directory.resolve("damaged");
        copy(city.data(), damaged);
        final Path file = firstQueueFile(damaged.resolve("journal").resolve("segment-00000001"));
        final byte[] bytes = Files.readAllBytes(file);
        // within the last record or seal: what stands before is partly Chronicle's own index, which nobody reads
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(SmallCity.GATEWAY_ID)] ^= 1;
        Files.write(file, bytes);
        final Result verify = execute("journal", "verify", damaged.toString());
        assertThat(verify.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(verify.out).contains("segment 1");
        assertThat(execute("serve", "--data", damaged.toString(), "--listen", "127.0.0.1:0").exitCode)
                .as("no start on a damaged journal")
                .isEqualTo(Settlegate.FAILED);
    }

    @Test
    void shouldVerifyAReceiptOffline() throws IOException {
        final Path receipt = Files.write(directory.resolve("receipt"), answer.receipt());
        final Path outcome = Files.write(directory.resolve("outcome"), answer.outcome());
        final Path frame = Files.write(directory.resolve("request"), request.frame());
        final String key =
                city.data().resolve("keys").resolve("gateway.pub.pem").toString();
        assertThat(SmallCity.run(
                        "receipt",
                        "verify",
                        "--key",
                        key,
                        "--receipt",
                        receipt.toString(),
                        "--outcome",
                        outcome.toString(),
                        "--request",
                        frame.toString()))
                .startsWith("valid");

        final byte[] changed = answer.outcome();
        changed[changed.length - 1] ^= 1;
        Files.write(outcome, changed);
        final Result verify = execute(
                "receipt", "verify", "--key", key, "--receipt", receipt.toString(), "--outcome", outcome.toString());
        assertThat(verify.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(verify.out).startsWith("not valid: OUTCOME_OR_PATH");
    }

    @Test
    void shouldNameBadRowsAndImportNothing() throws IOException {
        final Path bad = Files.createDirectories(directory.resolve("bad"));
        Files.writeString(
                bad.resolve("persons.csv"),
                "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas\n"
                        + "32030000000000009999,Nobody,01,320302199901011234,310,1101,320302,1\n");
        final Result imported = execute("admin", "import", "--data", city.data().toString(), "--from", bad.toString());
        assertThat(imported.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(imported.err)
                .contains("persons.csv:2 certno")
                .contains("nothing was imported")
                .doesNotContain("320302199901011234")
                .doesNotContain("Nobody");
    }

    @Test
    void shouldRefuseToListenOffLoopbackAndUnknownSettings() throws IOException {
        assertThat(execute("serve", "--data", city.data().toString(), "--listen", "0.0.0.0:0").err)
                .contains("--insecure");
        final Path settings =
                Files.writeString(directory.resolve("settlegate.yaml"), "listen: 127.0.0.1:0\nwindowCont: 3\n");
        final Result refused = execute("serve", "--data", city.data().toString(), "--config", settings.toString());
        assertThat(refused.exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(refused.err).contains("settlegate.yaml:2: windowCont: unknown setting");
        Files.writeString(settings, "windowCount: many\n");
        assertThat(execute("serve", "--data", city.data().toString(), "--config", settings.toString()).err)
                .contains("settlegate.yaml:1: windowCount");
    }

    @Test
    void shouldNameTheLineOfASettingThatDoesNotDo() throws IOException {
        assertRefused("listen: 127.0.0.1:0\nidleTimeoutMs: 5\n", "settlegate.yaml:2: idleTimeoutMs 5 is out of range");
        assertRefused("durability: fsync\n", "settlegate.yaml:1: durability is none, process, batch, or record");
        assertRefused("\nbackgroundForceMs: 1\n", "settlegate.yaml:2: backgroundForceMs 1 is not between");
        assertRefused(
                "durability: batch\nsnapshotIntervalMs: 5\n",
                "settlegate.yaml:2: snapshotIntervalMs is 0 or at least 1000, not 5");
        assertRefused("ringSize: 1000\n", "settlegate.yaml:1: ringSize 1000 is no power of two");
        assertRefused("windowCount: 4\nwindowCount: 5\n", "settlegate.yaml:2: ");
        assertRefused("windowCount: [4\n", "settlegate.yaml:");
        assertRefused("", "settlegate.yaml:1: the file is empty");
        assertRefused("metricsListen: 0.0.0.0:0\n", "--insecure");
        assertRefused("metricsListen: nowhere\n", "metricsListen wants HOST:PORT");
        assertThat(execute("serve", "--data", city.data().toString(), "--config", "/no/such/file.yaml").err)
                .contains("/no/such/file.yaml cannot be read");
    }

    private void assertRefused(final String settings, final String message) throws IOException {
        final Path file = Files.writeString(directory.resolve("settlegate.yaml"), settings);
        final Result refused = execute("serve", "--data", city.data().toString(), "--config", file.toString());
        assertThat(refused.exitCode).as(settings).isNotZero();
        assertThat(refused.err).as(settings).contains(message);
    }

    @Test
    void shouldTellEachSettingAndLevelInItsHelp() {
        final String help = execute("serve", "--help").out;
        for (final RecordComponent setting : Settings.class.getRecordComponents()) {
            assertThat(help).contains(setting.getName());
        }
        for (final DurabilityLevel level : DurabilityLevel.values()) {
            assertThat(help).contains(level.name().toLowerCase(Locale.ROOT) + ":");
        }
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

    private static Path firstQueueFile(final Path segment) throws IOException {
        try (Stream<Path> files = Files.list(segment)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            walk.forEach(path -> {
                try {
                    Files.copy(path, to.resolve(from.relativize(path)));
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
