package io.settlegate.benchmarks;

import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.JournalScan;
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
 * What a replay can do: CRCs, leaves, roots, and chain checked, every command applied and its outcome and state hash compared.
 * One shot is the whole journal; what it prints tells the settlements, which come last, from the import before them.
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
@Warmup(iterations = 1)
@Measurement(iterations = 4)
public class ReplayBenchmark {
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
    public long replay() {
        final JournalTotals totals = new JournalTotals();
        final EngineReplay replay = new EngineReplay(TerminalListener.NONE, totals, EngineReplay.Mismatches.REFUSED);
        final TimedReplay timed = new TimedReplay(replay);
        try (Store store = ChronicleStore.in(path)) {
            JournalScan.read(store, timed);
        }
        replay.onAllRead();
        if (totals.settlementCount() != settlements) {
            throw new IllegalStateException(
                    totals.settlementCount() + " of " + settlements + " settlements were replayed");
        }
        timed.print("replay", persons);
        return replay.recordCount();
    }
}
