package io.settlegate.protocol.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same verdicts from the interpreter and from each compiler: {@link ColdRun} in JVMs of their own. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
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

    /** A batch in the lanes takes the interpreter some seconds, so that the long run has most of them. */
    @Test
    void shouldBeRightInTheInterpreter() throws IOException, InterruptedException {
        run("-Xint", "scalar=200", "combs=8", "digests=16");
    }

    @Test
    @Tag("long")
    void shouldBeRightInTheInterpreterForLong() throws IOException, InterruptedException {
        run("-Xint", "combs=200");
        run("-Xint", "windows=200");
        run("-Xint", "confirmed=16");
    }

    /** This compiler knows no vectors: the lanes run some times faster than in the interpreter. */
    @Test
    void shouldBeRightUnderTheFirstCompiler() throws IOException, InterruptedException {
        run("-XX:TieredStopAtLevel=1", "scalar=1000", "combs=200", "windows=80", "digests=1000");
    }

    @Test
    @Tag("long")
    void shouldBeRightUnderTheFirstCompilerForLong() throws IOException, InterruptedException {
        run("-XX:TieredStopAtLevel=1", "all=3000");
    }

    @Test
    void shouldBeRightUnderTheSecondCompilerAlone() throws IOException, InterruptedException {
        run("-XX:-TieredCompilation", "all=1000");
    }

    @Test
    void shouldBeRightUnderBothCompilers() throws IOException, InterruptedException {
        run("-XX:+TieredCompilation", "all=1000");
    }

    /** Vectors of four lanes: the lanes' code runs on, slowly, and must still be right; nobody chooses it then. */
    @Test
    void shouldBeRightOnShorterVectors() throws IOException, InterruptedException {
        run("-XX:UseAVX=2", "combs=96", "windows=96", "digests=1000");
    }

    /** Machines without fused multiply-adds, which the lanes then compute in software. */
    @Test
    void shouldBeRightWithoutFusedProducts() throws IOException, InterruptedException {
        run("-XX:-UseFMA", "scalar=1000", "combs=16");
    }

    private void run(final String flag, final String... steps) throws IOException, InterruptedException {
        child.run(List.of(flag), seed, steps);
    }
}
