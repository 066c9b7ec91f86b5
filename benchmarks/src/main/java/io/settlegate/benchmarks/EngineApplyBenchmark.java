package io.settlegate.benchmarks;

import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.io.IOException;
import java.time.Instant;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine's thread can do, and whether it allocates: settlements of three lines, random persons, each msgid new. One
 * operation is one settlement; making the frame new in place is in the figure.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsPrepend = JvmFlags.HEAP, jvmArgsAppend = JvmFlags.OPEN_MISC)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineApplyBenchmark {
    private static final long START_MS = Instant.parse("2026-01-05T01:00:00Z").toEpochMilli();
    private static final long FIRST_SEQUENCE = 1_000_000L;

    /** A million: {@code -p persons=1000000}. */
    @Param("100000")
    int persons;

    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[Limits.MAX_FRAME_LENGTH]);
    private final MessageHeaderDecoder outcomeType = new MessageHeaderDecoder();
    private final OutcomeHeaderDecoder outcomeHeader = new OutcomeHeaderDecoder();
    private SettlementEngine engine;
    private FreshSettlements settlements;

    @Setup
    public void fill() throws IOException {
        final SampleCity city = new SampleCity(persons);
        engine = city.engine(START_MS);
        settlements = new FreshSettlements(city, START_MS);
    }

    @Benchmark
    public int settle() {
        final UnsafeBuffer frame = settlements.next();
        final int length = engine.apply(
                FIRST_SEQUENCE + settlements.count(), settlements.timeMs(), frame, 0, frame.capacity(), outcome, 0);
        final int code =
                outcomeHeader.wrap(outcome, MessageHeaderDecoder.ENCODED_LENGTH).code();
        final int type = outcomeType.wrap(outcome, 0).templateId();
        if (code != ResultCode.OK.code() || type != PharmacySettleOutcomeDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("settlement " + settlements.count() + " got " + ResultCode.of(code)
                    + " in an outcome of type " + type);
        }
        return length;
    }
}
