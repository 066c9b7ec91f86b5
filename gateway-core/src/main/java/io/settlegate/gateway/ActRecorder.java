package io.settlegate.gateway;

import io.settlegate.gateway.operations.ActSink;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.codec.ActOutcomeDecoder;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.GatewayStartedDecoder;
import io.settlegate.gateway.settlement.codec.ImportCommitDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.journal.Journal;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.crypto.Sm2Signer;
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
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SignatureVerifier verifier = new BouncyCastleVerifier();
    private final ActOutcomeDecoder done = new ActOutcomeDecoder();
    private int unsealedCount;
    private long appliedRowCount;

    ActRecorder(final SettlementEngine engine, final Journal journal, final Clock clock) {
        this.engine = engine;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Checks an act's signature, applies and journals it.
     *
     * @throws IllegalArgumentException if the signature is not the first operator's.
     * @throws ActRefusedException if the engine refuses it. The refusal stands in the journal too.
     */
    @Override
    public void accept(final DirectBuffer frame, final int offset, final int length) {
        checkSignature(frame, offset, length);
        final long sequence = journal.nextSequence();
        // Before the first command the engine knows no time, but the journal has its founding.
        final long timeMs = Math.max(engine.engineTime(clock.millis()), journal.lastTimeMs());
        final int outcomeLength = engine.apply(sequence, timeMs, frame, offset, length, outcome, 0);
        internal.wrap(0, engine.stateHashHigh(), engine.stateHashLow());
        journal.append(
                sequence,
                timeMs,
                InternalPart.RULES_VERSION,
                0,
                frame,
                offset,
                length,
                outcome,
                0,
                outcomeLength,
                internal.buffer(),
                0,
                InternalPart.LENGTH);
        unsealedCount++;
        final boolean refused = header.wrap(outcome, 0).templateId() == ActRefusedDecoder.TEMPLATE_ID;
        if (unsealedCount == RECORDS_PER_SEAL || journal.isBatchFull() || refused) {
            commit();
        }
        if (!refused && header.wrap(frame, offset).templateId() == ImportCommitDecoder.TEMPLATE_ID) {
            appliedRowCount += done.wrapAndApplyHeader(outcome, 0, header).rowCount();
        }
        if (refused) {
            throw new ActRefusedException(sequence, new ActRefusedDecoder().wrapAndApplyHeader(outcome, 0, header));
        }
    }

    /** The gateway's own acts carry no signature: the seal vouches for them. */
    private void checkSignature(final DirectBuffer frame, final int offset, final int length) {
        if (header.wrap(frame, offset).templateId() == GatewayStartedDecoder.TEMPLATE_ID) {
            return;
        }
        final byte[] bytes = new byte[length];
        frame.getBytes(offset, bytes);
        if (!verifier.verify(journal.genesis().operatorKey(), bytes, 0, length - Sm2Signer.SIGNATURE_LENGTH)) {
            throw new IllegalArgumentException(
                    "the act is not signed with the operator's key that this journal was founded"
                            + " with; see `settlegate journal info` for that key");
        }
    }

    /** Rows that the commits of imports made visible: all but allocations that were credited before. */
    long appliedRowCount() {
        return appliedRowCount;
    }

    /** Seals and forces what was recorded. */
    void commit() {
        if (unsealedCount > 0) {
            journal.commit(engine.stateHashHigh(), engine.stateHashLow());
            unsealedCount = 0;
        }
    }
}
