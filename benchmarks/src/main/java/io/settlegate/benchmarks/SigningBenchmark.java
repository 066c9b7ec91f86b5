package io.settlegate.benchmarks;

import io.settlegate.protocol.crypto.FastSm2Signer;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a signature costs to make: a seal's, a terminal's, the library's; and the digest in it. 200-byte messages. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = JvmFlags.ADD_VECTORS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SigningBenchmark {
    private static final int MESSAGE_LENGTH = 200;

    private final SecureRandom random = new SecureRandom();
    private final Sm2PrivateKey key = Sm2PrivateKey.generate(random);
    private final Sm2Signer regular = new Sm2Signer(key, random);
    private final FastSm2Signer fast = new FastSm2Signer(key, random);
    private final SM2Signer library = library();
    private final Sm3 sm3 = new Sm3();
    private final byte[] message = new byte[MESSAGE_LENGTH];
    private final byte[] target = new byte[Sm2Signer.SIGNATURE_LENGTH];

    private SM2Signer library() {
        final X9ECParameters curve = CustomNamedCurves.getByName("sm2p256v1");
        final SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        signer.init(
                true,
                new ParametersWithRandom(
                        new ECPrivateKeyParameters(new BigInteger(1, key.encoded()), new ECDomainParameters(curve)),
                        random));
        return signer;
    }

    /** One seal's signature. */
    @Benchmark
    public byte[] signRegular() {
        regular.sign(message, 0, MESSAGE_LENGTH, target, 0);
        return target;
    }

    /** One terminal's signature. */
    @Benchmark
    public byte[] signFast() {
        fast.sign(message, 0, MESSAGE_LENGTH, target, 0);
        return target;
    }

    /** BouncyCastle's signer. */
    @Benchmark
    public byte[] signBouncyCastle() throws CryptoException {
        library.update(message, 0, MESSAGE_LENGTH);
        return library.generateSignature();
    }

    /** SM3 of the message alone. */
    @Benchmark
    public byte[] digest() {
        sm3.update(message, 0, MESSAGE_LENGTH).digest(target, 0);
        return target;
    }
}
