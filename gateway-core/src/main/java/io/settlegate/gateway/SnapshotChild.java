package io.settlegate.gateway;

import io.settlegate.journal.store.PrivateFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command {@code journal snapshot} as a process of its own, beside this one, with the lowest priority that the system gives
 * without asking. What it says goes to a file.
 *
 * <p>One thread; {@link #run} blocks until the process ends, the deadline passes, or the thread is interrupted; then no process
 * is left.
 */
final class SnapshotChild {
    /** Below the data directory; overwritten by each run. */
    static final String LOG_NAME = "snapshot.log";

    private static final int TOLD_LINES = 10;
    private static final int MOST_LOG_LENGTH = 64 * 1024;
    private static final int KILL_TIMEOUT_SECONDS = 5;
    private static final Path NICE = Path.of("/usr/bin/nice");
    /** Of this process's flags those that the other one needs; heap and tables are of the same size. */
    private static final List<String> HANDED_DOWN = List.of(
            "--add-",
            "--sun-misc-unsafe-memory-access",
            "--enable-native-access",
            "-Dchronicle.",
            "-Ddisable.",
            "-Dsettlegate.",
            "-Xmx",
            "-XX:MaxRAM",
            "-XX:MaxDirectMemorySize");

    private final Path data;
    private final long deadlineMs;

    /** How a run ended, and if it failed why. */
    record Ending(boolean isGood, String words) {}

    SnapshotChild(final Path data, final long deadlineMs) {
        this.data = data;
        this.deadlineMs = deadlineMs;
    }

    Ending run() throws InterruptedException {
        final Path log = data.resolve(LOG_NAME);
        final Process process;
        try {
            PrivateFiles.create(log).close();
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (final IOException e) {
            return new Ending(false, "it did not start: " + e.getMessage());
        }
        try {
            if (!process.waitFor(deadlineMs, TimeUnit.MILLISECONDS)) {
                return new Ending(false, "it was not done after " + deadlineMs + " ms and was ended" + lastLines(log));
            }
            return process.exitValue() == 0
                    ? new Ending(true, "")
                    : new Ending(false, "exit code " + process.exitValue() + lastLines(log));
        } finally {
            end(process);
        }
    }

    private static void end(final Process process) {
        process.destroyForcibly();
        boolean interrupted = false;
        try {
            process.waitFor(KILL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command() {
        final List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "19"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (HANDED_DOWN.stream().anyMatch(flag::startsWith)) {
                command.add(flag);
            }
        }
        // One core is enough for what must not be in the way.
        command.add("-XX:+UseSerialGC");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Settlegate.class.getName(), "journal", "snapshot", data.toString()));
        return command;
    }

    /** What it said last, for the log; it names no person and no key. */
    private static String lastLines(final Path log) {
        try (Stream<String> lines = Files.size(log) > MOST_LOG_LENGTH
                ? Stream.of("more than " + MOST_LOG_LENGTH + " bytes in " + log)
                : Files.readAllLines(log, StandardCharsets.UTF_8).stream()) {
            final List<String> all = lines.filter(line -> !line.isBlank()).toList();
            final List<String> last = all.subList(Math.max(0, all.size() - TOLD_LINES), all.size());
            return last.isEmpty() ? "; it said nothing" : ": " + String.join(" | ", last);
        } catch (final IOException e) {
            return "; what it said cannot be read: " + e.getMessage();
        }
    }
}
