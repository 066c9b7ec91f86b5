package io.settlegate.benchmarks;

import io.settlegate.gateway.pipeline.Desk;
import io.settlegate.gateway.pipeline.LineCounters;
import io.settlegate.gateway.pipeline.Pipeline;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.pipeline.RequestPublisher;
import io.settlegate.gateway.pipeline.RequestSlot;
import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.gateway.pipeline.TerminalKeys;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A gateway's line without sockets: a fresh journal on the disk, an engine with the city imported, the stages and their
 * threads as {@code serve} starts them, and one publisher.
 *
 * <p>For one thread, which stands for the event loop. Unlike an event loop it waits where the ring is full. A stage that
 * fails ends the run with its exception.
 */
final class SampleLine implements AutoCloseable {
    private static final int ACTS_PER_SEAL = 64;
    private static final int ONE_PUBLISHER = 1;
    private static final int ACTIVE = 1;
    private static final long WAIT_NS = 20_000;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);

    private final TerminalKeys keys = new TerminalKeys();
    private final LineCounters counters = new LineCounters();
    private final CountedReplies replies = new CountedReplies();
    private final TemporaryDirectory directory;
    private final Store store;
    private final Journal journal;
    private final SettlementEngine engine;
    private final Pipeline pipeline;
    private volatile Throwable failure;

    /** Founds the journal, imports the city through it, starts the line. */
    SampleLine(final List<byte[]> acts, final DurabilityLevel level, final Supplier<SignatureVerifier> verifiers)
            throws IOException {
        directory = new TemporaryDirectory("line");
        store = ChronicleStore.in(directory.path().resolve("journal"));
        journal = SampleJournal.open(store, level, SampleCity.parameters().encode());
        engine = new SettlementEngine(
                SampleCity.parameters(),
                (sn, publicKey, keyVersion, status, institution, laneFirst) ->
                        keys.publish(sn, publicKey, keyVersion, status == ACTIVE));
        importCity(acts);
        pipeline = Pipeline.start(
                PipelineConfiguration.forCores(Runtime.getRuntime().availableProcessors()),
                ONE_PUBLISHER,
                engine,
                journal,
                replies,
                Desk.NONE,
                verifiers,
                counters,
                this::failed);
    }

    private void importCity(final List<byte[]> acts) {
        final UnsafeBuffer outcome = new UnsafeBuffer(new byte[Limits.MAX_FRAME_LENGTH]);
        final InternalPart internal = new InternalPart();
        for (int i = 0; i < acts.size(); i++) {
            final UnsafeBuffer act = new UnsafeBuffer(acts.get(i));
            final long sequence = journal.nextSequence();
            final long timeMs = engine.engineTime(System.currentTimeMillis());
            final int length = engine.apply(sequence, timeMs, act, 0, act.capacity(), outcome, 0);
            SampleCity.checkAct(outcome);
            internal.wrap(0, engine.stateHashHigh(), engine.stateHashLow());
            journal.append(
                    sequence,
                    timeMs,
                    InternalPart.RULES_VERSION,
                    0,
                    act,
                    0,
                    act.capacity(),
                    outcome,
                    0,
                    length,
                    internal.buffer(),
                    0,
                    InternalPart.LENGTH);
            if ((i + 1) % ACTS_PER_SEAL == 0 || i + 1 == acts.size()) {
                journal.commit(engine.stateHashHigh(), engine.stateHashLow());
            }
        }
    }

    /** Called on the failing stage's thread, which must not go on: the exception ends it. */
    private void failed(final String stage, final Throwable cause) {
        failure = cause;
        throw new IllegalStateException("stage " + stage + " failed", cause);
    }

    /** The keys of the requests' terminals, decoded, as sessions hold them. */
    TerminalKey[] keysOf(final LineRequests requests) {
        final TerminalKey[] found = new TerminalKey[requests.count()];
        for (int i = 0; i < found.length; i++) {
            found[i] = keys.find(requests.sn(i));
        }
        return found;
    }

    /**
     * Publishes all requests and waits for the last reply. All must be answered with code 0, all or none as repeats.
     *
     * @return how many were answered by it.
     */
    long run(final LineRequests requests, final TerminalKey[] keysOfRequests) {
        final long startNs = System.nanoTime();
        final long repliesBefore = replies.count();
        final long goodBefore = counters.answers(ResultCode.OK);
        final long repeatsBefore = counters.repeats();
        final RequestPublisher publisher = pipeline.publisher();
        for (int i = 0; i < requests.count(); i++) {
            long claim = publisher.tryClaim();
            while (claim == RequestPublisher.FULL) {
                await(startNs);
                claim = publisher.tryClaim();
            }
            final byte[] frame = requests.frame(i);
            final RequestSlot slot = publisher.slot(claim);
            System.arraycopy(frame, 0, slot.frame(), 0, frame.length);
            slot.claim(frame.length, requests.templateId(), i, System.currentTimeMillis(), replies, keysOfRequests[i]);
            publisher.publish(claim);
        }
        while (replies.count() - repliesBefore < requests.count()) {
            await(startNs);
        }
        final long goodCount = counters.answers(ResultCode.OK) - goodBefore;
        final long repeatCount = counters.repeats() - repeatsBefore;
        if (goodCount != requests.count() || (repeatCount != 0 && repeatCount != requests.count())) {
            throw new IllegalStateException("of " + requests.count() + " requests " + goodCount
                    + " were answered well and " + repeatCount + " were repeats");
        }
        return goodCount;
    }

    private void await(final long startNs) {
        if (failure != null) {
            throw new IllegalStateException("a stage failed", failure);
        }
        if (System.nanoTime() - startNs > DEADLINE_NS) {
            throw new IllegalStateException("the line stands still with " + replies.count() + " replies");
        }
        LockSupport.parkNanos(WAIT_NS);
    }

    @Override
    public void close() throws IOException {
        pipeline.drain(DRAIN_TIMEOUT);
        journal.close();
        store.close();
        directory.close();
    }
}
