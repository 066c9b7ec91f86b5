package io.settlegate.benchmarks;

import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
 * What the whole line can do without sockets: verify, settle, journal, reply. One shot is {@value #REQUESTS} settlements of
 * three lines through a fresh engine and a fresh journal, so that each msgid is new; an iteration is one shot, and the
 * figure is requests per second.
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
public class LineBenchmark {
    static final int REQUESTS = 10_000;

    /** Who looks at the signatures. */
    public enum Verifier {
        /** As a gateway does. */
        BOUNCY_CASTLE(BouncyCastleVerifier::new),
        /** Nobody, so that the rest of the line is seen. */
        NOBODY(AcceptingVerifier::new);

        private final Supplier<SignatureVerifier> supplier;

        Verifier(final Supplier<SignatureVerifier> supplier) {
            this.supplier = supplier;
        }
    }

    private static final int PERSON_COUNT = 20_000;

    @Param({"NONE", "PROCESS", "BATCH", "RECORD"})
    DurabilityLevel level;

    @Param({"BOUNCY_CASTLE", "NOBODY"})
    Verifier verifier;

    int personCount = PERSON_COUNT;
    int requestCount = REQUESTS;

    private final List<byte[]> acts = new ArrayList<>();
    private LineRequests requests;
    private SampleLine line;
    private TerminalKey[] keys;

    /** Makes the city's import once; each shot applies it anew. */
    @Setup(Level.Trial)
    public void sign() throws IOException {
        final SampleCity city = new SampleCity(personCount);
        city.importInto(
                (frame, offset, length) -> {
                    final byte[] act = new byte[length];
                    frame.getBytes(offset, act);
                    acts.add(act);
                },
                System.currentTimeMillis());
        requests = LineRequests.sign(city, requestCount);
    }

    @Setup(Level.Invocation)
    public void open() throws IOException {
        line = new SampleLine(acts, level, verifier.supplier);
        keys = line.keysOf(requests);
    }

    @TearDown(Level.Invocation)
    public void close() throws IOException {
        line.close();
    }

    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public long settle() {
        return line.run(requests, keys);
    }
}
