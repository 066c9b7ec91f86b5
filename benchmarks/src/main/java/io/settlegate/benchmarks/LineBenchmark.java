package io.settlegate.benchmarks;

import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.protocol.crypto.SignatureVerifiers;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
            JvmFlags.ADD_VECTORS,
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
        /** As a gateway does that measures at its start, with a table for each key. */
        AUTO,
        BOUNCY_CASTLE,
        /** Nobody, so that the rest of the line is seen. */
        NOBODY
    }

    private static final int PERSON_COUNT = 20_000;
    private static final int TABLES_LENGTH = 64 << 20;
    private static final long TABLE_POLL_NS = 1_000_000;

    @Param({"NONE", "PROCESS", "BATCH", "RECORD"})
    DurabilityLevel level;

    @Param({"AUTO", "BOUNCY_CASTLE", "NOBODY"})
    Verifier verifier;

    int personCount = PERSON_COUNT;
    int requestCount = REQUESTS;

    private final List<byte[]> acts = new ArrayList<>();
    private LineRequests requests;
    private SignatureVerifiers signatures;
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
        signatures = new SignatureVerifiers(
                verifier == Verifier.AUTO ? "auto" : "bouncycastle", TABLES_LENGTH, selected -> {});
        signatures.settled();
    }

    @Setup(Level.Invocation)
    public void open() throws IOException {
        line = new SampleLine(
                acts, level, verifier == Verifier.NOBODY ? AcceptingVerifier::new : signatures::newVerifier);
        keys = line.keysOf(requests);
        for (final TerminalKey key : keys) {
            signatures.prepare(key.publicKey());
        }
        for (final TerminalKey key : keys) {
            awaitTable(key);
        }
    }

    /** A fresh line decodes keys anew, and a table belongs to a key object. */
    private void awaitTable(final TerminalKey key) {
        while (signatures.tables().capacity() > 0 && !signatures.tables().isPrepared(key.publicKey())) {
            LockSupport.parkNanos(TABLE_POLL_NS);
        }
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
