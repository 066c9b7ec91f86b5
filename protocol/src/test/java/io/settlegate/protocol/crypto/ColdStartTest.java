package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hunt for wrong verdicts and digests of fresh JVMs, whose compilers are driven in ways that change from one to the next: early
 * and late thresholds, stress of the second compiler, both lengths of vectors, collectors in small heaps, safepoints in
 * every loop and every millisecond. One wrong answer of the lanes, even one that {@link LaneVerifier} would mend, fails it.
 *
 * <p>The children run on the JVM of this test.
 */
class ColdStartTest {
    private static final int CASES = 2000;
    private static final int SHORT_JVMS = 4;
    private static final int LONG_JVMS = Integer.getInteger("settlegate.cold.jvms", 60);
    private static final Pattern COUNTS = Pattern.compile("signatures=(\\d+) digests=(\\d+) faults=0");

    private final long seed = Long.getLong("settlegate.cold.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    private long signatures;
    private long digests;

    @Test
    @Timeout(value = 900, unit = TimeUnit.SECONDS)
    void shouldBeRightFromTheFirstCallOn() throws IOException, InterruptedException {
        hunt(SHORT_JVMS, 500);
    }

    @Test
    @Tag("long")
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void shouldBeRightFromTheFirstCallOnInManyJvms() throws IOException, InterruptedException {
        hunt(LONG_JVMS, 8000);
    }

    private void hunt(final int jvms, final int count) throws IOException, InterruptedException {
        final ChildJvm child = new ChildJvm(directory, SignedCases.make(random, CASES));
        for (int jvm = 0; jvm < jvms; jvm++) {
            final List<String> flags = flags();
            // Vectors that are not the machine's are computed one by one.
            final int signatureCount = flags.contains("-XX:UseAVX=2") ? count / 40 : count;
            final List<String> steps = steps(signatureCount, count);
            final String said = child.run(flags, random.nextLong(), steps.toArray(String[]::new));
            final Matcher counts = COUNTS.matcher(said);
            assertThat(counts.find())
                    .as("seed %d, %s said %s", seed, flags, said)
                    .isTrue();
            signatures += Long.parseLong(counts.group(1));
            digests += Long.parseLong(counts.group(2));
        }
        System.out.println("cold starts: " + jvms + " JVMs, " + signatures + " signatures, " + digests
                + " digests, no fault, seed " + seed);
    }

    /** Now one thing alone, now all in turn, so that code is compiled with different profiles. */
    private List<String> steps(final int signatureCount, final int digestCount) {
        final List<String> steps = new ArrayList<>();
        if (random.nextBoolean()) {
            steps.add("garbage=1");
        }
        switch (random.nextInt(4)) {
            case 0 -> steps.add("digests=" + 8 * digestCount);
            case 1 -> steps.add("combs=" + 4 * signatureCount);
            case 2 -> steps.add("windows=" + 4 * signatureCount);
            default -> steps.add("confirmed=" + signatureCount);
        }
        steps.add("all=" + signatureCount);
        return steps;
    }

    private List<String> flags() {
        final List<String> flags = new ArrayList<>(List.of("-XX:+UnlockDiagnosticVMOptions"));
        flags.add(pick("-XX:CompileThresholdScaling=", "1", "0.05", "0.2", "1", "5"));
        flags.add("-XX:UseAVX=" + (random.nextInt(5) == 0 ? 2 : 3));
        flags.add(pick("-XX:", "+UseSerialGC", "+UseG1GC"));
        flags.add(pick("-Xmx", "40m", "256m"));
        for (final String pass : List.of("IGVN", "GCM", "LCM", "CCP")) {
            flags.add("-XX:" + (random.nextInt(3) == 0 ? '+' : '-') + "Stress" + pass);
        }
        flags.add("-XX:StressSeed=" + random.nextInt(Integer.MAX_VALUE));
        if (random.nextInt(3) == 0) {
            flags.addAll(List.of(
                    "-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1", "-XX:GuaranteedSafepointInterval=1"));
        }
        if (random.nextInt(6) == 0) {
            flags.add("-XX:-TieredCompilation");
        }
        return flags;
    }

    private String pick(final String prefix, final String... values) {
        return prefix + values[random.nextInt(values.length)];
    }
}
