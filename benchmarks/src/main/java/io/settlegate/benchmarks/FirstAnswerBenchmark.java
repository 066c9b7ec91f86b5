package io.settlegate.benchmarks;

import io.settlegate.journal.JournalReader;
import io.settlegate.journal.RecordView;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a repeat or a query costs the reply stage beyond a first answer: to read the first answer's record from the journal, and
 * to make its receipt again. Records are picked at random among 20,000, which the page cache holds. One operation is one record.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 2,
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
public class FirstAnswerBenchmark {
    private static final int MAX_RECEIPT_LENGTH = 4096;

    @Param({"16", "256"})
    int batchSize;

    int recordCount = 20_000;

    private final UnsafeBuffer receipt = new UnsafeBuffer(new byte[MAX_RECEIPT_LENGTH]);
    private FilledJournal journal;
    private JournalReader reader;

    @Setup
    public void fill() throws IOException {
        journal = new FilledJournal(batchSize, recordCount);
        reader = journal.journal().newReader();
    }

    @TearDown
    public void close() throws IOException {
        reader.close();
        journal.close();
    }

    @Benchmark
    public int readRecord() {
        final RecordView record = reader.read(journal.anySequence());
        return record.outcomeLength();
    }

    @Benchmark
    public int remakeReceipt() {
        return reader.encodeReceipt(journal.anySequence(), receipt, 0);
    }
}
