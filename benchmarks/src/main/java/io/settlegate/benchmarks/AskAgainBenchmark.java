package io.settlegate.benchmarks;

import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the whole line does for those who ask again: {@value #REQUESTS} settlements go through it first, unmeasured, then as many
 * repeats of them with the same bytes, or queries by their msgids. Each answer holds the first outcome, read from the journal, and
 * its receipt, made again. Signatures are accepted unseen, so that this cost is seen; an iteration is one shot, and the figure is
 * requests per second.
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
@Warmup(iterations = 3, time = 1, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = TimeUnit.MILLISECONDS)
public class AskAgainBenchmark {
    static final int REQUESTS = 5_000;

    /** How one asks again. */
    public enum Asking {
        /** The same bytes. */
        REPEAT,
        /** Another request that names the msgid. */
        QUERY
    }

    private static final int PERSON_COUNT = 20_000;

    @Param({"REPEAT", "QUERY"})
    Asking asking;

    int personCount = PERSON_COUNT;
    int requestCount = REQUESTS;

    private final List<byte[]> acts = new ArrayList<>();
    private SampleCity city;
    private LineRequests settlements;
    private LineRequests asked;
    private SampleLine line;
    private TerminalKey[] keys;

    /** Makes the city's import once; each shot applies it anew. */
    @Setup(Level.Trial)
    public void sign() throws IOException {
        city = new SampleCity(personCount);
        city.importInto(
                (frame, offset, length) -> {
                    final byte[] act = new byte[length];
                    frame.getBytes(offset, act);
                    acts.add(act);
                },
                System.currentTimeMillis());
        settlements = LineRequests.sign(city, requestCount);
    }

    @Setup(Level.Invocation)
    public void settle() throws IOException {
        line = new SampleLine(acts, DurabilityLevel.BATCH, AcceptingVerifier::new);
        line.run(settlements, line.keysOf(settlements));
        asked = asking == Asking.REPEAT ? settlements : LineRequests.queries(city, settlements);
        keys = line.keysOf(asked);
    }

    @TearDown(Level.Invocation)
    public void close() throws IOException {
        line.close();
    }

    /** Answers how many repeats there were: all, or none. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public long ask() {
        return line.run(asked, keys);
    }
}
