package io.settlegate.benchmarks;

import io.settlegate.gateway.benefits.NoRecording;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.protocol.Limits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine's part of a snapshot costs: its whole state to a file, and from a file to an engine that answers, with indexes
 * built and the hash of every row computed. One operation is one snapshot. The file is in the page cache and not forced; its
 * checksum is the journal's and not in here.
 *
 * <p>Each person has a row, a certificate, and a card; one in five has settled something today, with msgid and accumulators.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsPrepend = {JvmFlags.HEAP, JvmFlags.TABLES},
        jvmArgsAppend = JvmFlags.OPEN_MISC)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class SnapshotBenchmark {
    private static final long START_MS = Instant.parse("2026-01-05T01:00:00Z").toEpochMilli();
    private static final long FIRST_SEQUENCE = 1_000_000_000L;
    private static final int CITY_PERSONS = 1_000;
    private static final int PERSONS_PER_SETTLEMENT = 5;

    @Param("1000000")
    int persons;

    private SettlementEngine engine;
    private TemporaryDirectory directory;
    private Path file;

    @Setup
    public void fill() throws IOException {
        final SampleCity city = new SampleCity(CITY_PERSONS);
        engine = city.engine(START_MS);
        SampleCity.addTo(engine, new SyntheticPersons(persons), START_MS);
        settle(new FreshSettlements(city, persons, START_MS));
        directory = new TemporaryDirectory("snapshot");
        file = directory.path().resolve("state");
        final long length = write();
        System.out.printf(
                "%n%,d persons, %,d settlements: %,d bytes, %.1f a person%n",
                persons, persons / PERSONS_PER_SETTLEMENT, length, (double) length / persons);
    }

    private void settle(final FreshSettlements settlements) {
        final UnsafeBuffer outcome = new UnsafeBuffer(new byte[Limits.MAX_FRAME_LENGTH]);
        final int count = persons / PERSONS_PER_SETTLEMENT;
        long sequence = FIRST_SEQUENCE;
        while (sequence < FIRST_SEQUENCE + count) {
            for (final UnsafeBuffer frame : settlements.next()) {
                sequence++;
                engine.apply(sequence, settlements.timeMs(), frame, 0, frame.capacity(), outcome, 0);
            }
        }
    }

    /** @return bytes. */
    @Benchmark
    public long write() throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            engine.writeSnapshot(channel);
            return channel.position();
        }
    }

    @Benchmark
    public SettlementEngine read() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final SettlementEngine read = SettlementEngine.readSnapshot(
                    engine.parameters(), TerminalListener.NONE, NoRecording.INSTANCE, channel);
            if (read.stateHashHigh() != engine.stateHashHigh() || read.stateHashLow() != engine.stateHashLow()) {
                throw new IllegalStateException("the state that was read is not the one that was written");
            }
            return read;
        }
    }

    @TearDown
    public void close() throws IOException {
        Files.delete(file);
        directory.close();
    }
}
