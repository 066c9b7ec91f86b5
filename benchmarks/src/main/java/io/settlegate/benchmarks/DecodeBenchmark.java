package io.settlegate.benchmarks;

import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.TerminalRequests;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read every field of a settlement of three lines: characters are copied out as bytes, no strings are made.
 * One operation is one request.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = JvmFlags.OPEN_MISC)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    private static final int PERSON_COUNT = 100;
    private static final int MAX_FIELD_LENGTH = 64;
    private static final long TIME_MS = 1_763_773_200_000L;

    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final PharmacySettleDecoder settle = new PharmacySettleDecoder();
    private final byte[] characters = new byte[MAX_FIELD_LENGTH];
    private UnsafeBuffer frame;

    @Setup
    public void encode() {
        final SampleCity city = new SampleCity(PERSON_COUNT);
        final Terminal terminal = city.terminals().get(0);
        final byte[] framed = new TerminalRequests(terminal, SampleJournal.GATEWAY_ID)
                .settle(
                        terminal.institution().fixmedinsCode() + "202511220900000001",
                        city.insured().get(0),
                        city.nextBill(terminal),
                        new Stamp(TIME_MS, 1));
        frame = new UnsafeBuffer(framed, Limits.FRAME_LENGTH_LENGTH, framed.length - Limits.FRAME_LENGTH_LENGTH);
    }

    /** The sum keeps every field alive. */
    @Benchmark
    public long decode() {
        settle.wrapAndApplyHeader(frame, 0, messageHeader);
        long sum = header(settle.header()) + body();
        int lineCount = 0;
        for (final PharmacySettleDecoder.DrugdetailDecoder line : settle.drugdetail()) {
            sum += line.getFeedetlSn(characters, 0)
                    + characters[0]
                    + line.getMedListCodg(characters, 0)
                    + characters[0]
                    + line.detItemFeeSumamtFen()
                    + line.cntE4()
                    + line.pricE6()
                    + line.getRxno(characters, 0)
                    + characters[0];
            lineCount++;
        }
        if (lineCount != SampleCity.LINES) {
            throw new IllegalStateException(lineCount + " lines are read, not " + SampleCity.LINES);
        }
        return sum;
    }

    private long header(final RequestHeaderDecoder header) {
        return header.domainTagRaw()
                + header.getSn(characters, 0)
                + characters[0]
                + header.getGatewayId(characters, 0)
                + characters[0]
                + header.getMsgid(characters, 0)
                + characters[0]
                + header.getInsuplcAdmdvs(characters, 0)
                + characters[0]
                + header.sentAtMs()
                + header.correlationId();
    }

    private long body() {
        return settle.getPsnNo(characters, 0)
                + characters[0]
                + settle.getMdtrtCertType(characters, 0)
                + characters[0]
                + settle.getMdtrtCertNo(characters, 0)
                + characters[0]
                + settle.begntimeMs()
                + settle.medfeeSumamtFen()
                + settle.getInvono(characters, 0)
                + characters[0]
                + settle.getInsutype(characters, 0)
                + characters[0]
                + settle.getDiseCodg(characters, 0)
                + characters[0]
                + settle.getMedType(characters, 0)
                + characters[0]
                + settle.acctUsedFlag();
    }
}
