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

    private Pipeline(
            final PipelineConfiguration configuration,
            final Disruptor<RequestSlot> disruptor,
            final RequestPublisher publisher) {
        this.configuration = configuration;
        this.disruptor = disruptor;
        this.publisher = publisher;
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

        // 1. verify: N handlers side by side, each checks its share
        final VerifyHandler[] verify = new VerifyHandler[configuration.verifierCount()];
        for (int i = 0; i < verify.length; i++) {
            verify[i] = new VerifyHandler(i, verify.length, verifiers.get());
        }
        // 2. settle   3. journal: append, seal, force   4. reply
        final SettleHandler settle = new SettleHandler(engine, journal.nextSequence());
        final JournalHandler append = new JournalHandler(journal, batchSize);
        final ReplyHandler reply = new ReplyHandler(journal.newReader(), egress, counters);

        final EventHandlerGroup<RequestSlot> verified = disruptor.handleEventsWith(stages(batchSize, fatal, verify));
        if (configuration.threads() == PipelineConfiguration.Threads.SHARED) {
            verified.then(stages(batchSize, fatal, new StageGroup("line", batchSize, List.of(settle, append, reply))));
        } else {
            verified.then(stages(batchSize, fatal, settle))
                    .then(stages(batchSize, fatal, append))
                    .then(stages(batchSize, fatal, reply));
        }
        disruptor.start();
        return new Pipeline(configuration, disruptor, new RequestPublisher(disruptor.getRingBuffer()));
    }

    public RequestPublisher publisher() {
        return publisher;
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
