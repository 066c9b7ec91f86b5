package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.pipeline.UnsignedRequests.Unsigned;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.journal.GatewayIdentity;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The line as a gateway runs it, on a store in memory, with a verifier that says yes, and one publisher: the caller. */
final class RingLine implements AutoCloseable {
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);
    private static final int ACTIVE = 1;
    private static final long RETRY_NS = 20_000;

    private final TerminalKeys terminalKeys = new TerminalKeys();
    private final LineCounters counters = new LineCounters();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Journal journal;
    private final Pipeline pipeline;

    RingLine(
            final Store store,
            final GatewayIdentity identity,
            final DurabilityLevel level,
            final PipelineConfiguration configuration) {
        final EngineReplay replay = new EngineReplay(
                (sn, publicKey, keyVersion, status, institution, laneFirst) ->
                        terminalKeys.publish(sn, publicKey, keyVersion, status == ACTIVE),
                new JournalTotals(),
                EngineReplay.Mismatches.REFUSED);
        journal = Journal.open(store, identity, level, replay);
        pipeline = Pipeline.start(
                configuration,
                1,
                replay.engine(),
                journal,
                () -> {},
                Desk.NONE,
                () -> batch -> {
                    for (int i = 0; i < batch.count(); i++) {
                        batch.verdict(i, true);
                    }
                },
                counters,
                (stage, cause) -> failure.set(cause));
    }

    /** Publishes a request; waits where the ring is full. */
    void send(final Unsigned request, final long arrivalMs, final Session session) {
        final RequestPublisher publisher = pipeline.publisher();
        long claim = publisher.tryClaim();
        while (claim == RequestPublisher.FULL) {
            assertThat(failure.get()).as("a stage failed").isNull();
            LockSupport.parkNanos(RETRY_NS);
            claim = publisher.tryClaim();
        }
        final RequestSlot slot = publisher.slot(claim);
        System.arraycopy(request.frame(), 0, slot.frame(), 0, request.frame().length);
        slot.claim(
                request.frame().length,
                request.templateId(),
                request.correlationId(),
                arrivalMs,
                session,
                terminalKeys.find(request.sn()));
        publisher.publish(claim);
    }

    /** Waits until everything that was sent is answered. */
    void awaitEmpty() {
        while (pipeline.publisher().usedCount() > 0) {
            assertThat(failure.get()).as("a stage failed").isNull();
            LockSupport.parkNanos(RETRY_NS);
        }
    }

    Journal journal() {
        return journal;
    }

    LineMeter meter() {
        return pipeline.meter();
    }

    LineCounters counters() {
        return counters;
    }

    boolean drain(final Duration timeout) {
        return pipeline.drain(timeout);
    }

    @Override
    public void close() {
        assertThat(pipeline.drain(DRAIN_TIMEOUT)).as("the line is empty").isTrue();
        assertThat(failure.get()).as("a stage failed").isNull();
        journal.close();
    }
}
