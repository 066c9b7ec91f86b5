package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.ReplyKind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that are full, become read-only, or fail a force, under a gateway that works. Nothing that a terminal heard of is lost: once
 * the disk is well again, each request is answered as it was the first time.
 */
@Timeout(240)
class DiskTroubleTest {
    private static final long BLOCK_LENGTH = SmallCity.BLOCK_LENGTH;
    private static final long WRITE_FLOOR_LENGTH = 6 * BLOCK_LENGTH;
    private static final long READ_FLOOR_LENGTH = 4 * BLOCK_LENGTH;
    private static final int MAX_SETTLEMENTS = 5_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<SignedRequest, Answer> answered = new LinkedHashMap<>();

    @TempDir
    private Path directory;

    private SmallCity city;

    private TerminalClient connect(final ServeProcess gateway) throws Exception {
        return connect(gateway, 0);
    }

    private TerminalClient connect(final ServeProcess gateway, final int terminal) throws Exception {
        return TerminalClient.connect(
                city.endpoint(gateway.address()),
                city.terminals().get(terminal),
                ClientTiming.DEFAULT,
                Clock.systemUTC());
    }

    private CompletableFuture<Answer> send(final TerminalClient client) throws Exception {
        final TerminalIdentity terminal = client.requests().identity();
        final SignedRequest request = client.requests()
                .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()));
        return client.send(request).whenComplete((answer, failure) -> {
            if (answer != null && answer.hasReceipt()) {
                synchronized (answered) {
                    answered.put(request, answer);
                }
            }
        });
    }

    private void settle(final TerminalClient client, final int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertThat(send(client).get(20, TimeUnit.SECONDS).code())
                    .as("seed %d", seed)
                    .isEqualTo(ResultCode.OK);
        }
    }

    /** Settles until a request is held back; answers it. */
    private CompletableFuture<Answer> settleUntilHeld(final TerminalClient client) throws Exception {
        for (int i = 0; i < MAX_SETTLEMENTS; i++) {
            final CompletableFuture<Answer> answer = send(client);
            try {
                answer.get(3, TimeUnit.SECONDS);
            } catch (final TimeoutException e) {
                return answer;
            }
        }
        throw new AssertionError("the disk does not fill, seed " + seed);
    }

    /** Settles until the gateway ends by itself. */
    private void settleUntilItEnds(final ServeProcess gateway, final TerminalClient client) throws Exception {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (gateway.isAlive()) {
            assertThat(System.nanoTime()).as("it goes on working").isLessThan(endNs);
            try {
                send(client).get(2, TimeUnit.SECONDS);
            } catch (final TimeoutException | ExecutionException e) {
                // Nobody answers any more, or soon.
            }
        }
    }

    private void requireAllAnsweredAgain(final ServeProcess gateway) throws Exception {
        assertThat(answered).isNotEmpty();
        try (TerminalClient client = connect(gateway)) {
            for (final Map.Entry<SignedRequest, Answer> entry : answered.entrySet()) {
                final Answer again = client.send(entry.getKey()).get(20, TimeUnit.SECONDS);
                assertThat(again.kind()).as("seed %d", seed).isEqualTo(ReplyKind.REPEAT);
                assertThat(again.outcome())
                        .as("seed %d", seed)
                        .isEqualTo(entry.getValue().outcome());
                assertThat(again.receipt())
                        .as("seed %d", seed)
                        .isEqualTo(entry.getValue().receipt());
            }
        }
    }

    /** Runs a command that must fail, and answers what it says. */
    private static String refused(final String... arguments) {
        final StringWriter said = new StringWriter();
        final PrintWriter writer = new PrintWriter(said, true);
        final int exitCode =
                Settlegate.commandLine().setOut(writer).setErr(writer).execute(arguments);
        assertThat(exitCode).as("%s: %s", String.join(" ", arguments), said).isNotZero();
        return said.toString();
    }

    private static long freeLength(final Path disk) {
        return disk.toFile().getUsableSpace();
    }

    /** Writes a file that leaves so much of the disk. */
    private static void fill(final Path disk, final long leftLength) throws IOException {
        final byte[] zeros = new byte[4_096];
        try (OutputStream ballast =
                Files.newOutputStream(disk.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (freeLength(disk) >= leftLength + zeros.length) {
                ballast.write(zeros);
            }
        }
    }

    @Test
    void shouldRefuseWritesBeforeTheDiskIsFullAndLoseNothing() throws Exception {
        try (TestMount disk = TestMount.tmpfs(directory.resolve("disk"), 64)) {
            city = SmallCity.found(disk.path());
            final String data = city.data().toString();
            try (ServeProcess gateway = ServeProcess.start(city.data());
                    TerminalClient client = connect(gateway)) {
                settle(client, 20);
                final SignedRequest first = answered.keySet().iterator().next();
                fill(disk.path(), WRITE_FLOOR_LENGTH + 2 * BLOCK_LENGTH);
                final CompletableFuture<Answer> held = settleUntilHeld(client);
                assertThat(freeLength(disk.path()))
                        .as("the reserve of reads, seed %d", seed)
                        .isGreaterThan(READ_FLOOR_LENGTH);
                assertThat(client.send(client.requests().query(client.nextMsgid(), first.msgid()))
                                .get(20, TimeUnit.SECONDS)
                                .code())
                        .isEqualTo(ResultCode.OK);
                assertThat(held.isDone()).isFalse();

                fill(disk.path(), 0);
                assertThat(refused("journal", "snapshot", data)).contains("room");
                assertThat(refused(
                                "journal",
                                "export",
                                data,
                                "--to",
                                disk.path().resolve("export").toString()))
                        .containsAnyOf("space", "room");
                SmallCity.run("journal", "verify", data);
                assertThat(names(city.data().resolve("journal"))).noneMatch(name -> name.endsWith(".sgs.new"));
                gateway.kill();
            }
            assertThatThrownBy(() -> ServeProcess.start(city.data()).close())
                    .hasMessageContaining("floor")
                    .hasMessageContaining("make room");
            SmallCity.run("journal", "verify", data);

            Files.delete(disk.path().resolve("ballast"));
            try (ServeProcess gateway = ServeProcess.start(city.data())) {
                requireAllAnsweredAgain(gateway);
                // Another terminal, whose msgids are its own.
                try (TerminalClient client = connect(gateway, 1)) {
                    settle(client, 5);
                }
                SmallCity.run("journal", "snapshot", data);
                gateway.stop();
            }
            SmallCity.run("journal", "verify", data);
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (final Path path : walk.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static List<String> names(final Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void shouldEndWhenItsDirectoryBecomesReadOnlyAndRefuseToStartThere() throws Exception {
        city = SmallCity.found(directory);
        final Path journal = city.data().resolve("journal");
        try (ServeProcess gateway = ServeProcess.start(city.data());
                TerminalClient client = connect(gateway)) {
            settle(client, 20);
            try (TestMount disk = TestMount.readOnlyOver(journal)) {
                assertThat(disk.path()).isEqualTo(journal);
                settleUntilItEnds(gateway, client);
                assertThat(gateway.awaitEnd()).isNotZero();
                assertThat(gateway.said()).contains("Read-only file system");
                assertThatThrownBy(() -> ServeProcess.start(city.data()).close())
                        .hasMessageContaining(journal.toString())
                        .hasMessageContaining("Read-only file system")
                        .hasMessageContaining("mount it read-write");
                SmallCity.run("journal", "verify", city.data().toString());
            }
        }
        try (ServeProcess gateway = ServeProcess.start(city.data())) {
            requireAllAnsweredAgain(gateway);
            gateway.stop();
        }
    }

    @Test
    void shouldEndWhenTheFileSystemFailsAForceAndLoseNothing() throws Exception {
        final Path image = directory.resolve("disk.img");
        try (TestMount disk = TestMount.ext4(image, directory.resolve("disk"), 96)) {
            // Not founded there: this process would hold mapped files of it, and it could not be unmounted.
            final SmallCity origin = SmallCity.found(directory.resolve("origin"));
            city = origin.at(disk.path().resolve("data"));
            copy(origin.data(), city.data());
            disk.force();
            try (ServeProcess gateway = ServeProcess.start(city.data())) {
                try (TerminalClient client = connect(gateway)) {
                    settle(client, 50);
                    disk.breakDown();
                    settleUntilItEnds(gateway, client);
                }
                assertThat(gateway.awaitEnd()).isNotZero();
                // A batch's force, the head note beside it, or the line that meets what the other found: whichever is
                // first.
                assertThat(gateway.said())
                        .containsAnyOf("the disk refused", "the journal has failed")
                        .contains("Input/output error");
            }
            disk.mountAgain(image);
            try (ServeProcess gateway = ServeProcess.start(city.data())) {
                requireAllAnsweredAgain(gateway);
                gateway.stop();
            }
            SmallCity.run("journal", "verify", city.data().toString());
        }
    }
}
