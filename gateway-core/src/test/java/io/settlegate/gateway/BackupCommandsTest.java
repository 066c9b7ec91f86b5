package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.ReplyKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a gateway that settles, the drill, and a gateway that goes on from what was put back. */
@Timeout(120)
class BackupCommandsTest {
    private static final int SETTLEMENTS = 60;
    private static final int LATER_SETTLEMENTS = 25;

    @TempDir
    private Path directory;

    private final Random random = new Random(8);
    private final Map<SignedRequest, Answer> answered = new LinkedHashMap<>();

    /** What a command printed and how it ended. */
    private record Result(int exitCode, String out, String err) {
        private JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private static Result execute(final Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Settlegate.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }

    private void settle(final TerminalClient client, final TerminalIdentity terminal, final int count)
            throws Exception {
        for (int i = 0; i < count; i++) {
            final SignedRequest request = client.requests()
                    .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()));
            answered.put(request, client.send(request).get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldBackUpARunningGatewayDrillAndGoOnFromTheBackup() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final Path backup = directory.resolve("backup");
        final TerminalIdentity terminal = city.terminals().get(0);
        final Map<SignedRequest, Answer> backedUp;
        try (Gateway gateway = GatewayInProcess.startRolling(city.data(), new DataDirectory(city.data()).store());
                TerminalClient client = TerminalClient.connect(
                        city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC())) {
            settle(client, terminal, SETTLEMENTS / 2);
            final Result first = execute("backup", city.data(), "--to", backup, "--json");
            assertThat(first.exitCode).as(first.err).isZero();
            settle(client, terminal, SETTLEMENTS / 2);
            final Result second = execute("backup", city.data(), "--to", backup, "--with-keys", "--json");
            assertThat(second.exitCode).as(second.err).isZero();
            assertThat(second.json().get("newRecords").asLong()).isBetween(SETTLEMENTS / 2L, SETTLEMENTS / 2L + 10);
            assertThat(second.json().get("copiedLength").asLong())
                    .isLessThan(first.json().get("copiedLength").asLong());
            backedUp = Map.copyOf(answered);
            settle(client, terminal, LATER_SETTLEMENTS);

            final Result drill = execute("backup", "drill", "--from", backup, "--live", city.data(), "--json");
            assertThat(drill.exitCode).as(drill.err).isZero();
            assertThat(drill.json().get("good").asBoolean()).isTrue();
            assertThat(drill.json().get("mismatches").asLong()).isZero();
            assertThat(drill.json().get("loss").get("settlements").asLong()).isEqualTo(LATER_SETTLEMENTS);
            assertThat(drill.json().get("loss").get("medfeeSumamtFen").asLong()).isPositive();
            assertThat(drill.json().get("loss").get("records").asLong()).isGreaterThanOrEqualTo(LATER_SETTLEMENTS);
            assertThat(drill.json().get("totalMs").asLong()).isPositive();
            assertThat(execute("journal", "verify", backup).exitCode)
                    .as("a backup is read as a data directory")
                    .isZero();
        }
        final Path restored = directory.resolve("restored");
        final Result restore =
                execute("restore", "--from", backup, "--data", restored, "--live", city.data(), "--json");
        assertThat(restore.exitCode).as(restore.err).isZero();
        assertThat(restore.json().get("loss").get("settlements").asLong()).isEqualTo(LATER_SETTLEMENTS);
        assertThat(restore.json().get("hasGatewayKey").asBoolean()).isTrue();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(restored.resolve("keys").resolve("gateway.pem"))))
                .isEqualTo("rw-------");
        assertAnswersAgain(city.at(restored), terminal, backedUp);
        assertThat(execute("restore", "--from", backup, "--data", restored).exitCode)
                .as("nothing is overwritten")
                .isEqualTo(Settlegate.FAILED);
        assertThat(execute("backup", restored, "--to", backup).exitCode)
                .as("the restored gateway went on from the backup's head")
                .isZero();
        final Result uncounted = execute("backup", "drill", "--from", backup, "--live", city.data(), "--json");
        assertThat(uncounted.exitCode)
                .as("a journal that cannot be counted is no fault of the backup")
                .isZero();
        assertThat(uncounted.err).contains("cannot be counted");
        assertThat(uncounted.json().get("loss").get("basis").asText()).isEqualTo("CLOCK");
        assertThat(execute("backup", city.data(), "--to", backup).err)
                .as("and the old journal is of another history now")
                .contains("put back from an older copy");
    }

    private static void assertAnswersAgain(
            final SmallCity city, final TerminalIdentity terminal, final Map<SignedRequest, Answer> first)
            throws Exception {
        try (Gateway gateway = GatewayInProcess.start(city.data());
                TerminalClient client = TerminalClient.connect(
                        city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC())) {
            for (final Map.Entry<SignedRequest, Answer> entry : first.entrySet()) {
                final Answer again = client.send(entry.getKey()).get(20, TimeUnit.SECONDS);
                assertThat(again.kind()).isEqualTo(ReplyKind.REPEAT);
                assertThat(again.outcome()).isEqualTo(entry.getValue().outcome());
                assertThat(again.receipt()).isEqualTo(entry.getValue().receipt());
            }
        }
    }

    @Test
    void shouldKeepPrivateKeysOutOfABackupAndSayWhatTheRestoreLacks() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final Path backup = directory.resolve("backup");
        assertThat(execute("backup", city.data(), "--to", backup).exitCode).isZero();
        assertThat(backup.resolve("keys").resolve("gateway.pub.pem")).exists();
        assertThat(backup.resolve("keys").resolve("gateway.pem")).doesNotExist();
        final Path restored = directory.resolve("restored");
        final Result restore = execute("restore", "--from", backup, "--data", restored);
        assertThat(restore.exitCode).isZero();
        assertThat(restore.out)
                .contains("put the gateway's key to")
                .contains("lost (RPO)")
                .contains("reconcile");
        assertThat(execute("serve", "--data", restored, "--listen", "127.0.0.1:0").exitCode)
                .as("no start without the key")
                .isEqualTo(Settlegate.FAILED);
    }

    @Test
    void shouldRefuseDirectoriesThatAreNoBackup() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final SmallCity other = SmallCity.found(Files.createDirectory(directory.resolve("other")));
        final Path backup = directory.resolve("backup");
        assertThat(execute("backup", city.data(), "--to", backup).exitCode).isZero();
        final Result live = execute("backup", city.data(), "--to", other.data());
        assertThat(live.exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(live.err).contains("holds no backup");
        assertThat(execute("restore", "--from", city.data(), "--data", directory.resolve("x")).err)
                .contains("holds no backup");
        assertThat(execute("backup", other.data(), "--to", backup).err).contains("copy of another journal");
        assertThat(execute("backup", city.data()).exitCode).isEqualTo(2);
    }

    /** Whoever writes into a backup makes a fork of it. */
    @Test
    void shouldOpenNoBackupForWriting() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final Path backup = directory.resolve("backup");
        assertThat(execute("backup", city.data(), "--to", backup, "--with-keys").exitCode)
                .isZero();
        final Result unmasked = execute(
                "journal",
                "tail",
                backup,
                "--unmask",
                "--operator-key",
                city.data().resolve("keys").resolve("operator.pem"),
                "--reason",
                "audit");
        assertThat(unmasked.exitCode).as(unmasked.out).isEqualTo(Settlegate.FAILED);
        assertThat(unmasked.err).contains("is a backup").contains("restore");
        final Result served = execute("serve", "--data", backup, "--listen", "127.0.0.1:0");
        assertThat(served.exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(served.err).contains("is a backup");
        assertThat(execute("backup", city.data(), "--to", backup).exitCode)
                .as("the backup goes on")
                .isZero();
    }

    @Test
    void shouldLeaveNothingInTheWayOfARestoreThatFailed() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final Path backup = directory.resolve("backup");
        assertThat(execute("backup", city.data(), "--to", backup).exitCode).isZero();
        final Path segment = backup.resolve("journal").resolve("segment-00000000");
        final Path file;
        try (Stream<Path> files = Files.list(segment)) {
            file = files.findFirst().orElseThrow();
        }
        final byte[] whole = Files.readAllBytes(file);
        final byte[] damaged = whole.clone();
        damaged[damaged.length - 40] ^= 1;
        Files.write(file, damaged);
        final Path restored = directory.resolve("restored");
        assertThat(execute("restore", "--from", backup, "--data", restored).exitCode)
                .isEqualTo(Settlegate.FAILED);
        assertThat(restored.resolve("journal")).doesNotExist();
        Files.write(file, whole);
        final Result again = execute("restore", "--from", backup, "--data", restored);
        assertThat(again.exitCode).as(again.err).isZero();
        assertThat(execute("journal", "verify", restored).exitCode).isZero();
    }

    @Test
    void shouldFindADamagedBackupInTheDrill() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final Path backup = directory.resolve("backup");
        assertThat(execute("backup", city.data(), "--to", backup).exitCode).isZero();
        final Path segment = backup.resolve("journal").resolve("segment-00000000");
        final Path file;
        try (Stream<Path> files = Files.list(segment)) {
            file = files.findFirst().orElseThrow();
        }
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 40] ^= 1;
        Files.write(file, bytes);
        final Result drill = execute("backup", "drill", "--from", backup, "--scratch", directory);
        assertThat(drill.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(drill.err).contains("cannot be used").contains("segment 0");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("the scratch directory is removed")
                    .noneMatch(name -> name.startsWith("settlegate-drill"));
        }
    }
}
