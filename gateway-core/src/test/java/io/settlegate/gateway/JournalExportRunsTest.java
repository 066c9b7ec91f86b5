package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.BusyCity.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

/** An export in several runs: one after the other, killed, beside another, and behind a gateway that goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class JournalExportRunsTest {
    private static final int KILLS = 8;

    @TempDir
    private Path directory;

    private BusyCity busy;
    private int targetCount;

    @BeforeAll
    void work(@TempDir final Path cityDirectory) throws Exception {
        busy = new BusyCity(cityDirectory, 23);
        busy.doSomethingOfEverything();
    }

    @AfterAll
    void stop() {
        busy.close();
    }

    private Path target() {
        targetCount++;
        return directory.resolve("export-" + targetCount);
    }

    private Result export(final Path target, final String... options) {
        return BusyCity.run(Stream.concat(
                        Stream.of("journal", "export", busy.data(), "--to", target.toString()), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private static void done(final Result result) {
        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
    }

    /** A later run has what came since and nothing twice; without news it has nothing. */
    @Test
    void shouldGoOnWhereTheLastRunEnded() throws Exception {
        final Path steps = target();
        for (int i = 0; i < 4; i++) {
            done(export(steps, "--part-records", "7"));
            busy.settle(9);
        }
        done(export(steps, "--part-records", "50"));
        assertThat(export(steps).out()).contains("nothing new");
        final Path once = target();
        done(export(once));
        for (final String kind : ExportedFiles.KINDS) {
            assertThat(ExportedFiles.concatenation(steps, kind)).isEqualTo(ExportedFiles.concatenation(once, kind));
        }
        final JsonNode state =
                new ObjectMapper().readTree(steps.resolve("state.json").toFile());
        assertThat(state.at("/rows/settlements").asLong())
                .isEqualTo(ExportedFiles.csv(steps, "settlements").size());
    }

    /** SIGKILL at random moments, and the same command again: what is there in the end is what one run writes. */
    @Test
    void shouldHaveEachRecordOnceHoweverOftenItIsKilled() throws Exception {
        busy.settle(600);
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Path target = target();
        final String[] line = {"journal", "export", busy.data(), "--to", target.toString(), "--part-records", "1"};
        int killed = 0;
        boolean isDone = false;
        for (int attempt = 0; attempt < 4 * KILLS && !isDone; attempt++) {
            final long before = bytesIn(target);
            final Process process = BusyCity.process(line)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("kill-log").toFile())
                    .start();
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (process.isAlive() && bytesIn(target) == before && System.nanoTime() < deadlineNs) {
                Thread.onSpinWait();
            }
            final boolean isLast = killed >= KILLS;
            if (!isLast) {
                process.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
                process.destroyForcibly();
            }
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            if (process.exitValue() == 0) {
                isDone = true;
            } else {
                assertThat(process.exitValue())
                        .as("seed %d: %s", seed, Files.readString(directory.resolve("kill-log")))
                        .isEqualTo(137);
                killed++;
            }
        }
        assertThat(isDone).isTrue();
        assertThat(killed).as("kills in the middle, seed %d", seed).isGreaterThanOrEqualTo(KILLS / 2);
        final Path once = target();
        done(export(once, "--part-records", "1"));
        assertThat(ExportedFiles.names(target)).as("seed %d", seed).isEqualTo(ExportedFiles.names(once));
        for (final String name : ExportedFiles.names(once)) {
            assertThat(Files.readAllBytes(target.resolve(name)))
                    .as("%s, seed %d", name, seed)
                    .isEqualTo(Files.readAllBytes(once.resolve(name)));
        }
        final Path large = target();
        done(export(large));
        for (final String kind : ExportedFiles.KINDS) {
            assertThat(ExportedFiles.concatenation(target, kind)).isEqualTo(ExportedFiles.concatenation(large, kind));
        }
    }

    private static long bytesIn(final Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.count();
        } catch (final java.io.UncheckedIOException e) {
            return 0;
        }
    }

    /** What stands in the directory after a kill between any two steps of a commit, made by hand. */
    @Test
    void shouldFinishWhatCountsAndRemoveWhatDoesNot() throws Exception {
        final Path target = target();
        done(export(target, "--kind", "outcomes"));
        final List<String> names = ExportedFiles.names(target);
        final String part = names.stream()
                .filter(name -> name.startsWith("outcomes-"))
                .findFirst()
                .orElseThrow();
        final byte[] content = Files.readAllBytes(target.resolve(part));
        // The state speaks of it, and its name was not given yet.
        Files.move(target.resolve(part), target.resolve(part.substring(0, "outcomes-".length() + 15) + ".writing"));
        Files.writeString(target.resolve("outcomes-000000000099999.writing"), "half a ro");
        Files.writeString(target.resolve("state.json.writing"), "{");
        done(export(target, "--kind", "outcomes"));
        assertThat(Arrays.copyOf(ExportedFiles.concatenation(target, "outcomes"), content.length))
                .isEqualTo(content);
        assertThat(ExportedFiles.names(target)).noneMatch(name -> name.endsWith(".writing"));
        assertThat(target.resolve(part)).hasBinaryContent(content);
    }

    @Test
    void shouldNotLetTwoWrite() throws Exception {
        final Path target = target();
        final Process first = BusyCity.process("journal", "export", busy.data(), "--to", target.toString(), "--follow")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("first-log").toFile())
                .start();
        try {
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!Files.exists(target.resolve("schema.json")) && System.nanoTime() < deadlineNs) {
                Thread.sleep(10);
            }
            assertThat(export(target).err()).contains("another export writes");
        } finally {
            first.destroyForcibly().waitFor();
        }
    }

    /** In a process of its own, through a restart of the gateway, until SIGTERM: then all is in whole parts. */
    @Test
    void shouldFollowARunningGateway() throws Exception {
        final Path target = target();
        final Path log = directory.resolve("follow-log");
        final Process follow = BusyCity.process(
                        "journal", "export", busy.data(), "--to", target.toString(), "--follow", "--part-seconds", "1")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            busy.settle(20);
            busy.restart();
            busy.settle(20);
            final String last = busy.settleOne().settlement().setlId();
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!new String(ExportedFiles.concatenation(target, "settlements"), StandardCharsets.UTF_8)
                    .contains(last)) {
                assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadlineNs);
                Thread.sleep(50);
            }
            busy.settle(6);
            final String beforeTheEnd = busy.settleOne().settlement().setlId();
            Thread.sleep(300);
            follow.destroy();
            assertThat(follow.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(follow.exitValue()).as(Files.readString(log)).isEqualTo(143);
            assertThat(new String(ExportedFiles.concatenation(target, "settlements"), StandardCharsets.UTF_8))
                    .contains(beforeTheEnd);
        } finally {
            follow.destroyForcibly();
        }
        assertThat(ExportedFiles.names(target)).noneMatch(name -> name.endsWith(".writing"));
        done(export(target));
        final Path once = target();
        done(export(once));
        for (final String kind : ExportedFiles.KINDS) {
            assertThat(ExportedFiles.concatenation(target, kind)).isEqualTo(ExportedFiles.concatenation(once, kind));
        }
    }
}
