package io.settlegate.benchmarks;

import io.settlegate.journal.SealedBatch;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReplyEncoder;
import io.settlegate.protocol.codec.ReplyKind;
import java.io.IOException;
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
 * What a first answer costs the reply stage: envelope, outcome of 700 bytes, receipt with its path, written as {@code ReplyFrames}
 * writes them. One operation is one reply; the leaves of the batch come in turn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 2,
        jvmArgsPrepend = JvmFlags.HEAP,
        jvmArgsAppend = {
            JvmFlags.OPEN_CHANNELS,
            JvmFlags.OPEN_REFLECTION,
            JvmFlags.OPEN_MISC,
            JvmFlags.EXPORT_REF,
            JvmFlags.NO_ANALYTICS,
            JvmFlags.NO_ANNOUNCER
        })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplyBenchmark {
    private static final int MAX_RECEIPT_LENGTH = 4096;

    @Param({"1", "16", "256"})
    int batchSize;

    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[FilledJournal.OUTCOME_LENGTH]);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Limits.FRAME_LENGTH_LENGTH + Limits.MAX_FRAME_LENGTH]);
    private final UnsafeBuffer receipt = new UnsafeBuffer(new byte[MAX_RECEIPT_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ReplyEncoder reply = new ReplyEncoder();
    private FilledJournal journal;
    private SealedBatch batch;
    private int leafIndex;

    @Setup
    public void seal() throws IOException {
        journal = new FilledJournal(batchSize, batchSize);
        batch = journal.lastBatch();
    }

    @TearDown
    public void close() throws IOException {
        journal.close();
    }

    @Benchmark
    public int firstAnswer() {
        leafIndex = leafIndex + 1 == batchSize ? 0 : leafIndex + 1;
        reply.wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, header)
                .correlationId(leafIndex)
                .kind(ReplyKind.FIRST)
                .state(RecordState.DONE);
        reply.putOutcome(outcome, 0, outcome.capacity());
        reply.putReceipt(receipt, 0, batch.encodeReceipt(leafIndex, receipt, 0));
        reply.putAnswer(receipt, 0, 0).putAnswerReceipt(receipt, 0, 0);
        return reply.encodedLength();
    }
}
