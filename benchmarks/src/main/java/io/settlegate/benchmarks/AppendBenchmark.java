package io.settlegate.benchmarks;

import java.io.IOException;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a seal costs beside the writing: batches appended, sealed, and forced, with the force on a thread of its own and without one, against the same store without seals, a Chronicle
 * queue as it comes, and a file that was written before. A shot goes around them in turn, so that a disk which slows down
 * slows down all, and prints the rates with their distance to the journal's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsPrepend = JvmFlags.HEAP,
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
public class AppendBenchmark {
    private static final String[] NAMES = {
        "journal, forces beside",
        "journal, forces within",
        "store without seals",
        "bare Chronicle queue",
        "pre-written file"
    };

    @Param("256")
    int batchSize;

    int roundCount = 30;
    int turnLength = 20;

    private TemporaryDirectory directory;
    private BatchAppender[] appenders;

    @Setup
    public void open() throws IOException {
        directory = new TemporaryDirectory("append");
        final long rawLength = 4L * turnLength * batchSize * BatchAppender.RECORD_LENGTH;
        appenders = new BatchAppender[] {
            new BatchAppender.Sealed(directory.path().resolve("beside"), BatchAppender.Forcing.BESIDE),
            new BatchAppender.Sealed(directory.path().resolve("within"), BatchAppender.Forcing.WITHIN),
            new BatchAppender.Unsealed(directory.path().resolve("unsealed")),
            new BatchAppender.BareQueue(directory.path().resolve("queue")),
            new BatchAppender.RawFile(directory.path().resolve("raw"), rawLength)
        };
    }

    @TearDown
    public void close() throws IOException {
        for (final BatchAppender appender : appenders) {
            appender.close();
        }
        directory.close();
    }

    /** @return batches of each. */
    @Benchmark
    public int alternate() throws IOException {
        final long[][] timesNs = new long[appenders.length][roundCount];
        for (int round = 0; round < roundCount; round++) {
            for (int i = 0; i < appenders.length; i++) {
                final long startNs = System.nanoTime();
                for (int batch = 0; batch < turnLength; batch++) {
                    appenders[i].appendBatch(batchSize);
                }
                appenders[i].await();
                timesNs[i][round] = System.nanoTime() - startNs;
            }
        }
        print(timesNs);
        return roundCount * turnLength;
    }

    private void print(final long[][] timesNs) {
        final double journal = recordsPerSecond(timesNs[0]);
        System.out.printf("%n%d records of %d bytes a batch%n", batchSize, BatchAppender.RECORD_LENGTH);
        for (int i = 0; i < timesNs.length; i++) {
            final double rate = recordsPerSecond(timesNs[i]);
            Arrays.sort(timesNs[i]);
            System.out.printf(
                    "%-23s %,10.0f records/s, a batch %6.0f us at the median; the journal has %3.0f %% of it%n",
                    NAMES[i],
                    rate,
                    timesNs[i][roundCount / 2] / (double) TimeUnit.MICROSECONDS.toNanos(turnLength),
                    100 * journal / rate);
        }
    }

    private double recordsPerSecond(final long[] timesNs) {
        final double seconds = Arrays.stream(timesNs).sum() / (double) TimeUnit.SECONDS.toNanos(1);
        return (double) batchSize * turnLength * roundCount / seconds;
    }
}
