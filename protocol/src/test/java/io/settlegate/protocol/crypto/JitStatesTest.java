package io.settlegate.protocol.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same verdicts from the interpreter and from each compiler: {@link ColdRun} in JVMs of their own. */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class JitStatesTest {
    private static final int CASES = 1500;

    private final long seed = System.nanoTime();

    @TempDir
    private Path directory;

    private ChildJvm child;

    @BeforeEach
    void makeCases() throws IOException {
        child = new ChildJvm(directory, SignedCases.make(new Random(seed), CASES));
    }

    @Test
    void shouldBeRightInTheInterpreter() throws IOException, InterruptedException {
        run("-Xint", 200);
    }

    @Test
    void shouldBeRightUnderTheFirstCompiler() throws IOException, InterruptedException {
        run("-XX:TieredStopAtLevel=1", 3000);
    }

    @Test
    void shouldBeRightUnderTheSecondCompilerAlone() throws IOException, InterruptedException {
        run("-XX:-TieredCompilation", 3000);
    }

    @Test
    void shouldBeRightUnderBothCompilers() throws IOException, InterruptedException {
        run("-XX:+TieredCompilation", 5000);
    }

    /** Vectors of four lanes: the lanes' code runs on, slowly, and must still be right; nobody chooses it then. */
    @Test
    void shouldBeRightOnShorterVectors() throws IOException, InterruptedException {
        run("-XX:UseAVX=2", 96);
    }

    private void run(final String flag, final int count) throws IOException, InterruptedException {
        child.run(List.of(flag), seed, "all=" + count);
    }
}
