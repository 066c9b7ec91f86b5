package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same verdicts from the interpreter, from the first compiler, and on lesser machines: {@link DifferentialRun} in a JVM of its
 * own.
 */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class JitStatesTest {
    @TempDir
    private Path directory;

    @Test
    void shouldBeRightInTheInterpreter() throws IOException, InterruptedException {
        run("-Xint", 200);
    }

    @Test
    void shouldBeRightUnderTheFirstCompiler() throws IOException, InterruptedException {
        run("-XX:TieredStopAtLevel=1", 2000);
    }

    /** Vectors of four lanes: the lanes' code runs on, slowly, and must still be right; nobody chooses it then. */
    @Test
    void shouldBeRightOnShorterVectors() throws IOException, InterruptedException {
        run("-XX:UseAVX=2", 96);
    }

    /** Machines without fused multiply-adds take other products in scalar code; the lanes then compute theirs in software. */
    @Test
    void shouldBeRightWithoutFusedProducts() throws IOException, InterruptedException {
        run("-XX:-UseFMA", 16);
    }

    private void run(final String flag, final int count) throws IOException, InterruptedException {
        final Path output = directory.resolve("output");
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                flag,
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                DifferentialRun.class.getName(),
                Integer.toString(count),
                Long.toString(System.nanoTime())));
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(840, TimeUnit.SECONDS))
                    .as("%s ended", flag)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        final String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s said %s", flag, said).isZero();
        assertThat(said).contains("agreed on " + count);
    }
}
