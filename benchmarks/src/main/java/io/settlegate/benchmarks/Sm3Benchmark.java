package io.settlegate.benchmarks;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.crypto.Sm3Batch;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a digest costs: the library's, ours, and ours sixteen at a time, all per digest. Lanes include the copying of the messages;
 * where the vectors are shorter than eight lanes they are scalar code.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = JvmFlags.ADD_VECTORS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Sm3Benchmark {
    private static final int BATCH = 16;

    @Param({"64", "200", "1024"})
    public int messageLength;

    private final SM3Digest library = new SM3Digest();
    private final Sm3 sm3 = new Sm3();
    private final Sm3Batch batch = Sm3Batch.inLanes(BATCH);
    private final byte[] message = new byte[BATCH + 1024];
    private final byte[] target = new byte[BATCH * Sm3.LENGTH];

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public byte[] bouncyCastle() {
        for (int i = 0; i < BATCH; i++) {
            library.update(message, i, messageLength);
            library.doFinal(target, i * Sm3.LENGTH);
        }
        return target;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public byte[] scalar() {
        for (int i = 0; i < BATCH; i++) {
            sm3.update(message, i, messageLength).digest(target, i * Sm3.LENGTH);
        }
        return target;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public byte[] lanes() {
        for (int i = 0; i < BATCH; i++) {
            batch.update(message, i, messageLength).end();
        }
        batch.digest(target, 0);
        return target;
    }
}
