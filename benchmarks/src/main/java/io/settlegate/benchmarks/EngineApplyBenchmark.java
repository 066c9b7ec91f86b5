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
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine's thread can do, and whether it allocates: settlements of three lines, persons in random order, each msgid
 * new. One operation is one settlement. The requests of a batch are made before its time is taken; memory that the tables take
 * while a day is the fullest so far is in the time and not on the heap.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 2,
        jvmArgsPrepend = {JvmFlags.HEAP, JvmFlags.TABLES},
        jvmArgsAppend = JvmFlags.OPEN_MISC)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 2)
public class EngineApplyBenchmark {
    private static final long START_MS = Instant.parse("2026-01-05T01:00:00Z").toEpochMilli();
    private static final long FIRST_SEQUENCE = 1_000_000_000L;
    private static final int CITY_PERSONS = 1_000;

    @Param({"1000000", "10000000"})
    int persons;

    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[Limits.MAX_FRAME_LENGTH]);
    private final MessageHeaderDecoder outcomeType = new MessageHeaderDecoder();
    private final OutcomeHeaderDecoder outcomeHeader = new OutcomeHeaderDecoder();
    private SettlementEngine engine;
    private FreshSettlements settlements;
    private UnsafeBuffer[] frames;
    private long sequence = FIRST_SEQUENCE;

    @Setup
    public void fill() throws IOException {
        final SampleCity city = new SampleCity(CITY_PERSONS);
        engine = city.engine(START_MS);
        SampleCity.addTo(engine, new SyntheticPersons(persons), START_MS);
        settlements = new FreshSettlements(city, persons, START_MS);
        System.out.printf(
                "%n%,d persons: rows and indexes %,d bytes, %.1f a person%n",
                persons, engine.personBytes(), (double) engine.personBytes() / persons);
    }

    /** Level.Invocation is sound here: an invocation is some milliseconds long. */
    @Setup(Level.Invocation)
    public void prepare() {
        frames = settlements.next();
    }

    @Benchmark
    @OperationsPerInvocation(FreshSettlements.BATCH)
    public long settle() {
        final long timeMs = settlements.timeMs();
        long length = 0;
        for (final UnsafeBuffer frame : frames) {
            sequence++;
            length += engine.apply(sequence, timeMs, frame, 0, frame.capacity(), outcome, 0);
            check();
        }
        return length;
    }

    private void check() {
        final int code =
                outcomeHeader.wrap(outcome, MessageHeaderDecoder.ENCODED_LENGTH).code();
        final int type = outcomeType.wrap(outcome, 0).templateId();
        if (code != ResultCode.OK.code() || type != PharmacySettleOutcomeDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("settlement " + (sequence - FIRST_SEQUENCE) + " got " + ResultCode.of(code)
                    + " in an outcome of type " + type);
        }
    }
}
