package io.settlegate.benchmarks;

import io.settlegate.journal.RecordCheck;
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
 * How fast records are read and their checksums compared, nothing else. A shot is the whole journal, which the page cache holds:
 * the import, whose records are long, and the settlements; what it prints says how long a record is on the average.
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
@Warmup(iterations = 3)
@Measurement(iterations = 7)
public class JournalReadBenchmark {
    @Param("1000000")
    int persons;

    @Param("1000000")
    int settlements;

    @Param("256")
    int batchSize;

    private Path path;

    @Setup
    public void make() throws IOException {
        path = SettledJournal.of(persons, settlements, batchSize);
    }

    @Benchmark
    public long read() {
        final RecordCheck.Report report;
        final Stopwatch watch = Stopwatch.started();
        try (Store store = ChronicleStore.in(path)) {
            report = RecordCheck.check(store);
        }
        watch.stop();
        if (report.first() != null || report.recordCount() < settlements) {
            throw new IllegalStateException("the journal in " + path + " is damaged or short: " + report);
        }
        System.out.printf(
                "%nread with checksums: %,d persons; %,d records, seals among them, of %,d bytes on the average; "
                        + "%,.0f records/s, %.2f GB/s in %s%n",
                persons,
                report.recordCount(),
                report.byteCount() / report.recordCount(),
                report.recordCount() / watch.seconds(),
                report.byteCount() / watch.seconds() / 1e9,
                watch);
        return report.recordCount();
    }
}
