package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** `journal tail` beside a gateway that works, stops, and starts again. */
@Timeout(120)
class JournalTailTest {
    /** 128 and the number of the signal. */
    private static final int TERMINATED = 143;

    private static final int DEADLINE_SECONDS = 90;

    @TempDir
    private Path directory;

    private BusyCity busy;

    @BeforeEach
    void start() throws Exception {
        busy = new BusyCity(directory, 5);
        busy.settle(20);
    }

    @AfterEach
    void stop() {
        busy.close();
    }

    private static long sequence(final String line) throws Exception {
        return new ObjectMapper().readTree(line).get("sequence").asLong();
    }

    @Test
    void shouldBeginAtASequenceOrATimeAndEndAfterACount() throws Exception {
        final List<String> all = BusyCity.run("journal", "tail", busy.data(), "-n", "1000", "--json")
                .lines();
        final List<String> some = BusyCity.run("journal", "tail", busy.data(), "--since", "7", "--count", "5", "--json")
                .lines();
        assertThat(some).isEqualTo(all.subList(7, 12));
        final String time = new ObjectMapper().readTree(all.get(9)).get("time").asText();
        final List<String> since = BusyCity.run("journal", "tail", busy.data(), "--since", time, "--json")
                .lines();
        assertThat(all.subList(all.size() - since.size(), all.size())).isEqualTo(since);
        assertThat(since.get(0)).contains("\"time\":\"" + time + '"');
        assertThat(all.get(all.size() - since.size() - 1)).doesNotContain("\"time\":\"" + time + '"');
        assertThat(BusyCity.run("journal", "tail", busy.data(), "--count", "0").exitCode())
                .isEqualTo(2);
        assertThat(BusyCity.run("journal", "tail", busy.data(), "--since", "noon")
                        .err())
                .contains("--since");
    }

    /** Grep ends by its limit: what it found came after the start. */
    @Test
    void shouldFindWhatComes() throws Exception {
        final int next = BusyCity.run("journal", "tail", busy.data(), "-n", "1000")
                .lines()
                .size();
        final BusyCity.Result[] found = new BusyCity.Result[1];
        final Thread following = new Thread(
                () -> found[0] = BusyCity.run(
                        "journal",
                        "grep",
                        busy.data(),
                        "--terminal",
                        "SN-H0",
                        "--from",
                        "" + next,
                        "--limit",
                        "5",
                        "--follow",
                        "--json"),
                "grep");
        following.start();
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (following.isAlive() && System.nanoTime() < deadlineNs) {
            busy.settle(2);
            following.join(50);
        }
        assertThat(following.isAlive()).isFalse();
        assertThat(found[0].exitCode()).isZero();
        assertThat(found[0].lines()).hasSize(5).allMatch(line -> line.contains("SN-H0"));
        for (final String line : found[0].lines()) {
            assertThat(sequence(line)).isGreaterThanOrEqualTo(next);
        }
    }

    /** In a process of its own: through two restarts of the gateway, until Ctrl-C, and no record twice or missing. */
    @Test
    void shouldFollowThroughRestartsUntilItIsInterrupted() throws Exception {
        final Path errors = directory.resolve("errors");
        final Process tail = BusyCity.process("journal", "tail", busy.data(), "--since", "0", "--follow", "--json")
                .redirectError(errors.toFile())
                .start();
        // A pipe is read without a deadline; the process has one.
        CompletableFuture.runAsync(
                tail::destroyForcibly, CompletableFuture.delayedExecutor(DEADLINE_SECONDS, TimeUnit.SECONDS));
        final List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(tail.getInputStream(), StandardCharsets.UTF_8))) {
            for (int round = 0; round < 2; round++) {
                busy.settle(10);
                busy.restart();
            }
            final String last = busy.settleOne().settlement().setlId();
            String line;
            do {
                line = out.readLine();
                assertThat(line).as("errors: %s", Files.readString(errors)).isNotNull();
                lines.add(line);
            } while (!line.contains(last));
            // What Ctrl-C does too; but that signal may be ignored where the tests run in the background.
            assertThat(new ProcessBuilder("kill", "-TERM", String.valueOf(tail.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            for (line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
            assertThat(tail.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            tail.destroyForcibly();
        }
        assertThat(tail.exitValue()).isEqualTo(TERMINATED);
        assertThat(Files.readString(errors).lines().filter(line -> !line.contains("incubator")))
                .isEmpty();
        for (int i = 0; i < lines.size(); i++) {
            assertThat(sequence(lines.get(i))).isEqualTo(i);
        }
        assertThat(lines.stream()
                        .filter(line -> line.contains("\"kind\":\"SEGMENT\""))
                        .count())
                .as("starts that were followed")
                .isGreaterThanOrEqualTo(3);
    }
}
