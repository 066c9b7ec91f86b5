package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.EventHandlerGroup;
import com.lmax.disruptor.dsl.EventProcessorFactory;
import com.lmax.disruptor.dsl.ProducerType;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.journal.Journal;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The line: publisher, ring, verify, settle, journal, reply.
 *
 * <p>Started and stopped by the boot thread.
 */
public final class Pipeline {
    private static final long DRAIN_POLL_NS = 1_000_000;

    private final PipelineConfiguration configuration;
    private final Disruptor<RequestSlot> disruptor;
    private final RequestPublisher publisher;
    private final LineMeter meter;

    private Pipeline(
            final PipelineConfiguration configuration,
            final Disruptor<RequestSlot> disruptor,
            final RequestPublisher publisher,
            final LineMeter meter) {
        this.configuration = configuration;
        this.disruptor = disruptor;
        this.publisher = publisher;
        this.meter = meter;
    }

    /**
     * Wires the line and starts its threads.
     *
     * @param publishers threads that will claim slots: event loops.
     */
    public static Pipeline start(
            final PipelineConfiguration configuration,
            final int publishers,
            final SettlementEngine engine,
            final Journal journal,
            final Egress egress,
            final Supplier<SignatureVerifier> verifiers,
            final LineCounters counters,
            final FatalExit fatalExit) {
        final Disruptor<RequestSlot> disruptor = new Disruptor<>(
                RequestSlot::new,
                configuration.ringSize(),
                threadFactory(),
                publishers == 1 ? ProducerType.SINGLE : ProducerType.MULTI,
                new StagedBlockingWaitStrategy());
        final FatalExceptionHandler fatal = new FatalExceptionHandler(fatalExit);
        final int batchSize = configuration.maxBatchSize();
        // At level record a batch is one request, so that its reply does not wait for the forces of those behind it.
        final int journalBatchSize = journal.level() == DurabilityLevel.RECORD ? 1 : batchSize;
        final LineMeter meter = new LineMeter(configuration.verifierCount(), journal.nextSequence() - 1);

        // 1. verify: N handlers side by side, each checks its share
        final TimedStage[] verify = new TimedStage[configuration.verifierCount()];
        for (int i = 0; i < verify.length; i++) {
            verify[i] = new TimedStage(
                    new VerifyHandler(i, verify.length, verifiers.get()),
                    meter.batchTimesNs(Stage.VERIFY).get(i));
        }
        // 2. settle   3. journal: append, seal, force   4. reply
        final TimedStage settle = timed(new SettleHandler(engine, journal.nextSequence()), Stage.SETTLE, meter);
        final TimedStage append = timed(new JournalHandler(journal, journalBatchSize, meter), Stage.JOURNAL, meter);
        final TimedStage reply = timed(
                new TimedReplies(new ReplyHandler(journal.newReader(), egress, counters), meter.requestTimesNs()),
                Stage.REPLY,
                meter);

        final EventHandlerGroup<RequestSlot> verified = disruptor.handleEventsWith(stages(batchSize, fatal, verify));
        if (configuration.threads() == PipelineConfiguration.Threads.SHARED) {
            verified.then(stages(
                    journalBatchSize, fatal, new StageGroup("line", journalBatchSize, List.of(settle, append, reply))));
        } else {
            verified.then(stages(batchSize, fatal, settle))
                    .then(stages(journalBatchSize, fatal, append))
                    .then(stages(batchSize, fatal, reply));
        }
        disruptor.start();
        return new Pipeline(configuration, disruptor, new RequestPublisher(disruptor.getRingBuffer()), meter);
    }

    public RequestPublisher publisher() {
        return publisher;
    }

    /** What the line measures of itself. */
    public LineMeter meter() {
        return meter;
    }

    public PipelineConfiguration configuration() {
        return configuration;
    }

    /**
     * Waits until every claimed request is answered, then stops the threads. Nothing may be claimed any more.
     *
     * @return false if the line was not empty in time; it is then halted where it stands.
     */
    public boolean drain(final Duration timeout) {
        final RingBuffer<RequestSlot> ring = disruptor.getRingBuffer();
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        // The Disruptor's own shutdown spins, and would take a core from the line that it waits for.
        while (ring.remainingCapacity() < ring.getBufferSize() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(DRAIN_POLL_NS);
        }
        final boolean drained = ring.remainingCapacity() == ring.getBufferSize();
        disruptor.halt();
        return drained;
    }

    private static TimedStage timed(final EventHandler<RequestSlot> handler, final Stage stage, final LineMeter meter) {
        return new TimedStage(handler, meter.batchTimesNs(stage).get(0));
    }

    @SafeVarargs
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static EventProcessorFactory<RequestSlot>[] stages(
            final int maxBatchSize, final FatalExceptionHandler fatal, final EventHandler<RequestSlot>... handlers) {
        final EventProcessorFactory<RequestSlot>[] factories = new EventProcessorFactory[handlers.length];
        for (int i = 0; i < handlers.length; i++) {
            final EventHandler<RequestSlot> handler = handlers[i];
            factories[i] = (ring, barrierSequences) -> {
                final var processor = new BatchEventProcessorBuilder()
                        .setMaxBatchSize(maxBatchSize)
                        .build(ring, ring.newBarrier(barrierSequences), handler);
                processor.setExceptionHandler(fatal);
                return processor;
            };
        }
        return factories;
    }

    private static ThreadFactory threadFactory() {
        return task -> {
            final Thread thread = new Thread(task, "line");
            thread.setDaemon(true);
            return thread;
        };
    }
}
