package io.settlegate.benchmarks;

import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
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
 * How long a start takes: the newest snapshot, and the settlements behind it, verified and applied, the new segment begun and
 * forced. One shot in a fresh JVM is one start, the compilers' warming included; the JVM's own start is not.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 5,
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
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class RecoveryBenchmark {
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
    public long open() {
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.REFUSED);
        final Stopwatch watch = Stopwatch.started();
        try (Store store = ChronicleStore.in(path);
                Journal journal =
                        Journal.openFromSnapshot(store, SettledJournal.identity(), DurabilityLevel.BATCH, replay)) {
            watch.stop();
            if (!journal.begunFrom().isFromSnapshot() || replay.recordCount() < settlements) {
                throw new IllegalStateException("the start did not begin at the snapshot: " + journal.begunFrom() + ", "
                        + replay.recordCount());
            }
            System.out.printf(
                    "%nstart: a snapshot of %,d persons and %,d records behind it: %s%n",
                    persons, replay.recordCount(), watch);
        }
        return replay.recordCount();
    }
}
