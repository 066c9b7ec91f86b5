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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The line: publisher, ring, verify, settle, journal, reply.
 *
 * <p>Started and stopped by the boot thread.
 */
public final class Pipeline {
    private static final long DRAIN_POLL_NS = 1_000_000;
    /** A stage ends at the end of its batch; a force may be the longest of it. */
    private static final long STAGE_END_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private final PipelineConfiguration configuration;
    private final Disruptor<RequestSlot> disruptor;
    private final RequestPublisher publisher;
    private final LineMeter meter;
    private final List<Thread> threads;

    private Pipeline(
            final PipelineConfiguration configuration,
            final Disruptor<RequestSlot> disruptor,
            final RequestPublisher publisher,
            final LineMeter meter,
            final List<Thread> threads) {
        this.configuration = configuration;
        this.disruptor = disruptor;
        this.publisher = publisher;
        this.meter = meter;
        this.threads = threads;
    }

    /**
     * Wires the line and starts its threads.
     *
     * @param publishers threads that will claim slots: event loops.
     * @param desk answers what is looked up in the journal.
     */
    public static Pipeline start(
            final PipelineConfiguration configuration,
            final int publishers,
            final SettlementEngine engine,
            final Journal journal,
            final Egress egress,
            final Desk desk,
            final Supplier<SignatureVerifier> verifiers,
            final LineCounters counters,
            final FatalExit fatalExit) {
        final List<Thread> threads = new ArrayList<>();
        final Disruptor<RequestSlot> disruptor = new Disruptor<>(
                RequestSlot::new,
                configuration.ringSize(),
                threadFactory(threads),
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
        // 2. settle   3. journal: append and seal, then force   4. reply, or hand over to the desk
        final TimedStage settle =
                timed(new SettleHandler(engine, journal.nextSequence(), journal::preparedSegment), Stage.SETTLE, meter);
        final boolean isShared = configuration.threads() == PipelineConfiguration.Threads.SHARED;
        final TimedStage append = timed(
                new JournalHandler(
                        journal,
                        isShared ? JournalHandler.Forcing.WITHIN : JournalHandler.Forcing.BESIDE,
                        journalBatchSize,
                        meter),
                Stage.JOURNAL,
                meter);
        final TimedStage reply = timed(
                new TimedReplies(new ReplyHandler(journal.newReader(), egress, desk, counters), meter.requestTimesNs()),
                Stage.REPLY,
                meter);

        final EventHandlerGroup<RequestSlot> verified = disruptor.handleEventsWith(stages(batchSize, fatal, verify));
        if (isShared) {
            verified.then(stages(
                    journalBatchSize, fatal, new StageGroup("line", journalBatchSize, List.of(settle, append, reply))));
        } else {
            verified.then(stages(batchSize, fatal, settle))
                    .then(stages(journalBatchSize, fatal, append))
                    .then(stages(batchSize, fatal, new ForceHandler(journal)))
                    .then(stages(batchSize, fatal, reply));
        }
        disruptor.start();
        return new Pipeline(configuration, disruptor, new RequestPublisher(disruptor.getRingBuffer()), meter, threads);
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
     * Waits until every claimed request is answered, then stops the threads and waits for their end, so that nothing of the
     * line touches the journal any more. Nothing may be claimed any more.
     *
     * @return false if the line was not empty in time, it is then halted where it stands; or if a stage did not end, and may
     *     still be writing.
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
        return haveEnded(threads) && drained;
    }

    private static boolean haveEnded(final List<Thread> stages) {
        final long deadlineNs = System.nanoTime() + STAGE_END_TIMEOUT_NS;
        try {
            for (final Thread stage : stages) {
                final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
                stage.join(Math.max(1, leftMs));
                if (stage.isAlive()) {
                    return false;
                }
            }
            return true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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

    private static ThreadFactory threadFactory(final List<Thread> threads) {
        return task -> {
            final Thread thread = new Thread(task, "line");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }
}
