package io.settlegate.benchmarks;

import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.SignatureBatch;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many signatures and digests a core can do: the baseline of every whole-line figure. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SignatureBenchmark {
    private static final int KEYS = 256;
    private static final int BATCH = 8;

    private final Signatures signatures = new Signatures(KEYS);
    private final SignatureVerifier verifier = new BouncyCastleVerifier();
    private final SignatureBatch batch = new SignatureBatch(BATCH);
    private final Sm2Signer signer = new Sm2Signer(signatures.key(0), new SecureRandom());
    private final Sm3 sm3 = new Sm3();
    private final byte[] target = new byte[Sm2Signer.SIGNATURE_LENGTH];
    private int next;

    /** Eight signatures of 700-byte messages, each under its own key. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int verify() {
        batch.clear();
        for (int i = 0; i < BATCH; i++) {
            final int index = next++ % KEYS;
            batch.add(signatures.key(index).publicKey(), signatures.signed(index), 0, Signatures.MESSAGE_LENGTH);
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

    /** One seal's signature. */
    @Benchmark
    public byte[] sign() {
        signer.sign(signatures.signed(0), 0, Signatures.MESSAGE_LENGTH, target, 0);
        return target;
    }

    /** SM3 of a 700-byte message. */
    @Benchmark
    public byte[] digest() {
        sm3.update(signatures.signed(next++ % KEYS), 0, Signatures.MESSAGE_LENGTH)
                .digest(target, 0);
        return target;
    }
}
