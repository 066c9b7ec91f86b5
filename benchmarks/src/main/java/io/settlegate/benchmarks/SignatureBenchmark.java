package io.settlegate.benchmarks;

import io.settlegate.protocol.crypto.KeyTables;
import io.settlegate.protocol.crypto.SignatureBatch;
import io.settlegate.protocol.crypto.SignatureSelection;
import io.settlegate.protocol.crypto.SignatureVerifier;
import java.util.Random;
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
 * How many signatures a core verifies, on each path and for few or many keys, met in random order: eight 200-byte messages at a
 * time, each under its own key. BouncyCastle at its best (fixed-width field, key objects kept) is the baseline.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsPrepend = JvmFlags.HEAP, jvmArgsAppend = JvmFlags.ADD_VECTORS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SignatureBenchmark {
    /** The paths, with and without tables of keys. */
    public enum Path {
        BOUNCYCASTLE,
        SCALAR_WITHOUT_TABLE,
        SCALAR,
        VECTOR_WITHOUT_TABLE,
        VECTOR
    }

    private static final int BATCH = 8;
    private static final int MESSAGE_LENGTH = 200;
    private static final int ORDER_COUNT = 1 << 20;

    @Param
    public Path path;

    @Param({"8", "256", "16384", "100000"})
    public int keyCount;

    /** Tables that there is room for, in a hundred keys; those without queue up for the tables of others. */
    @Param("100")
    public int tablePercent;

    private final SignatureBatch batch = new SignatureBatch(BATCH);
    private final int[] order = new int[ORDER_COUNT];
    private Signatures signatures;
    private KeyTables tables;
    private SignatureVerifier verifier;
    private int next;

    /** Signs, builds the tables, and draws the order. */
    @Setup(Level.Trial)
    public void open() throws InterruptedException {
        signatures = new Signatures(keyCount, MESSAGE_LENGTH);
        final boolean hasTables = path == Path.SCALAR || path == Path.VECTOR;
        final int tableCount = hasTables ? (int) ((long) keyCount * tablePercent / 100) : 0;
        tables = new KeyTables((long) tableCount * KeyTables.TABLE_BYTES);
        for (int i = 0; i < tableCount; i++) {
            tables.prepare(signatures.key(i).publicKey());
            while (i % 1000 == 999 && tables.count() <= i) {
                Thread.sleep(1);
            }
        }
        while (tables.count() < tableCount) {
            Thread.sleep(1);
        }
        verifier = selection().newVerifier(tables);
        final Random random = new Random(1);
        for (int i = 0; i < ORDER_COUNT; i++) {
            order[i] = random.nextInt(keyCount);
        }
    }

    private SignatureSelection selection() {
        return SignatureSelection.of(
                switch (path) {
                    case BOUNCYCASTLE -> "bouncycastle";
                    case SCALAR, SCALAR_WITHOUT_TABLE -> "scalar";
                    case VECTOR_WITHOUT_TABLE, VECTOR -> "vector";
                });
    }

    /** Ends the thread that builds tables. */
    @TearDown(Level.Trial)
    public void close() {
        tables.close();
    }

    /** Eight signatures. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int verify() {
        batch.clear();
        for (int i = 0; i < BATCH; i++) {
            final int index = order[next++ & (ORDER_COUNT - 1)];
            batch.add(signatures.key(index).publicKey(), signatures.signed(index), 0, MESSAGE_LENGTH);
        }
        verifier.verify(batch);
        int valid = 0;
        for (int i = 0; i < BATCH; i++) {
            valid += batch.verdict(i) ? 1 : 0;
        }
        if (valid != BATCH) {
            throw new IllegalStateException(valid + " of " + BATCH + " are valid");
        }
        return valid;
    }
}
