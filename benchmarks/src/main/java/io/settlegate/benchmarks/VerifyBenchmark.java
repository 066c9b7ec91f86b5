package io.settlegate.benchmarks;

import io.settlegate.journal.JournalVerification;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast a journal is verified, beside what hashes and signatures of the same run allow: each record's three parts, leaf, and
 * share of the tree in lanes, and one signature for each seal, over the same lengths, with no journal around them, divided by the
 * processors that a verification may use. A shot does both, one after the other, and prints the share that is reached.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsPrepend = {JvmFlags.HEAP, JvmFlags.TABLES},
        jvmArgsAppend = {
            JvmFlags.ADD_VECTORS,
            JvmFlags.OPEN_CHANNELS,
            JvmFlags.OPEN_REFLECTION,
            JvmFlags.OPEN_MISC,
            JvmFlags.EXPORT_REF,
            JvmFlags.NO_ANALYTICS,
            JvmFlags.NO_ANNOUNCER
        })
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class VerifyBenchmark {
    private static final int PROCESSORS = 2;

    @Param("1000000")
    int persons;

    @Param("1000000")
    int settlements;

    @Param("256")
    int batchSize;

    private Path path;
    private VerificationWork work;

    @Setup
    public void make() throws IOException {
        path = SettledJournal.of(persons, settlements, batchSize);
        work = VerificationWork.of(path);
    }

    @Benchmark
    public long verify() {
        final Stopwatch bare = Stopwatch.started();
        work.run();
        bare.stop();
        final JournalVerification.Report report;
        final Stopwatch whole = Stopwatch.started();
        try (Store store = ChronicleStore.in(path)) {
            report = JournalVerification.verify(store);
        }
        whole.stop();
        if (!report.isGood() || report.recordCount() < settlements) {
            throw new IllegalStateException("the journal in " + path + " is damaged or short: " + report.first());
        }
        final int processors = Math.min(PROCESSORS, Runtime.getRuntime().availableProcessors());
        System.out.printf(
                "%nverify: %,d persons; %,d records under %,d seals; %,.0f records/s in %s; hashes and signatures alone %s; "
                        + "reached of what they allow: %.0f %% on %d processors, %.0f %% of processor time%n",
                persons,
                report.recordCount(),
                report.sealCount(),
                report.recordCount() / whole.seconds(),
                whole,
                bare,
                100 * bare.seconds() / processors / whole.seconds(),
                processors,
                100 * bare.cpuSeconds() / whole.cpuSeconds());
        return report.recordCount();
    }
}
