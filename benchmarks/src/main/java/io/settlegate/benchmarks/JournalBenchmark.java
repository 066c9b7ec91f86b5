package io.settlegate.benchmarks;

import io.settlegate.journal.Journal;
import io.settlegate.journal.SealedBatch;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a batch costs: append its records, seal, force. Records are those of a three-line settlement: 800 bytes of command, 700 of
 * outcome, 24 internal. One operation is one batch. Level {@code RECORD} is
 * {@code BATCH} with batches of one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsPrepend = JvmFlags.HEAP,
        jvmArgsAppend = {
            JvmFlags.OPEN_CHANNELS,
            JvmFlags.OPEN_REFLECTION,
            JvmFlags.OPEN_MISC,
            JvmFlags.EXPORT_REF,
            JvmFlags.NO_ANALYTICS,
            JvmFlags.NO_ANNOUNCER
        })
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JournalBenchmark {
    private static final int COMMAND_LENGTH = 800;
    private static final int OUTCOME_LENGTH = 700;
    private static final int INTERNAL_LENGTH = 24;

    @Param({"1", "16", "64", "256"})
    int batchSize;

    @Param({"BATCH", "PROCESS", "NONE"})
    DurabilityLevel level;

    private final UnsafeBuffer command = new UnsafeBuffer(new byte[COMMAND_LENGTH]);
    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[OUTCOME_LENGTH]);
    private final UnsafeBuffer internal = new UnsafeBuffer(new byte[INTERNAL_LENGTH]);
    private TemporaryDirectory directory;
    private Store store;
    private Journal journal;
    private long startMs;

    @Setup(Level.Iteration)
    public void open() throws IOException {
        directory = new TemporaryDirectory("journal");
        store = ChronicleStore.in(directory.path().resolve("journal"));
        journal = SampleJournal.open(store, level, new byte[0]);
        startMs = journal.lastTimeMs();
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        journal.close();
        store.close();
        directory.close();
    }

    @Benchmark
    public SealedBatch appendAndSeal() {
        for (int i = 0; i < batchSize; i++) {
            final long sequence = journal.nextSequence();
            command.putLong(0, sequence);
            journal.append(
                    sequence,
                    startMs + sequence,
                    1,
                    1,
                    command,
                    0,
                    COMMAND_LENGTH,
                    outcome,
                    0,
                    OUTCOME_LENGTH,
                    internal,
                    0,
                    INTERNAL_LENGTH);
        }
        return journal.commit(1, 2);
    }
}
