package io.settlegate.gateway;

import io.settlegate.gateway.operations.ActSink;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.journal.Journal;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import java.time.Clock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Applies acts to the engine and journals them, while no terminal is served: at start and for an import.
 *
 * <p>One thread, the one that opened the journal. Blocks on the disk.
 */
final class ActRecorder implements ActSink {
    private static final int RECORDS_PER_SEAL = 64;
    private static final int MAX_OUTCOME_LENGTH = 16 * 1024;

    private final SettlementEngine engine;
    private final Journal journal;
    private final Clock clock;
    private final InternalPart internal = new InternalPart();
    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[MAX_OUTCOME_LENGTH]);
    private int unsealedCount;

    ActRecorder(final SettlementEngine engine, final Journal journal, final Clock clock) {
        this.engine = engine;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Applies and journals one act.
     *
     * @throws ActRefusedException if the engine refuses it. The refusal stands in the journal too.
     */
    @Override
    public void accept(final DirectBuffer frame, final int offset, final int length) {
        final long sequence = journal.nextSequence();
        final long timeMs = engine.engineTime(clock.millis());
        final int outcomeLength = engine.apply(sequence, timeMs, frame, offset, length, outcome, 0);
        internal.wrap(0, engine.stateHashHigh(), engine.stateHashLow());
        journal.append(
                sequence, timeMs, InternalPart.RULES_VERSION, 0, frame, offset, length, outcome, 0, outcomeLength,
                internal.buffer(), 0, InternalPart.LENGTH);
        unsealedCount++;
        final ResultCode code = ResultCode.of(outcome.getShort(MessageHeaderDecoder.ENCODED_LENGTH) & 0xffff);
        if (unsealedCount == RECORDS_PER_SEAL || code != ResultCode.OK) {
            commit();
        }
        if (code != ResultCode.OK) {
            throw new ActRefusedException(sequence, code);
        }
    }

    /** Seals and forces what was recorded. */
    void commit() {
        if (unsealedCount > 0) {
            journal.commit(engine.stateHashHigh(), engine.stateHashLow());
            unsealedCount = 0;
        }
    }
}
