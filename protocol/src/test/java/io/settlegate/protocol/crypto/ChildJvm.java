package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@link ColdRun} in a JVM like this one, with flags of its own. */
final class ChildJvm {
    private static final int LIMIT_SECONDS = 3600;

    private final Path directory;
    private final Path cases;

    /** @param directory for the files of the children. */
    ChildJvm(final Path directory, final List<SignedCase> cases) throws IOException {
        this.directory = directory;
        this.cases = directory.resolve("cases");
        SignedCases.write(this.cases, cases);
    }

    /** What the child said; fails with it unless the child found no fault. */
    String run(final List<String> flags, final long seed, final String... steps)
            throws IOException, InterruptedException {
        final Path output = directory.resolve("output");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.add("-XX:ErrorFile=" + directory.resolve("crash"));
        command.addAll(flags);
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ColdRun.class.getName(), cases.toString(), Long.toString(seed)));
        command.addAll(List.of(steps));
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ended", flags)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        final String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue())
                .as("%s, seed %d, %s said%n%s", flags, seed, List.of(steps), said)
                .isZero();
        assertThat(said).contains(" faults=0");
        return said;
    }
}
