package io.settlegate.gateway.recovery;

import io.settlegate.gateway.benefits.NoRecording;
import io.settlegate.gateway.benefits.StepRecorder;
import io.settlegate.gateway.settlement.EngineParameters;
import io.settlegate.gateway.settlement.EngineRules;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.SnapshotState;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes an engine from a journal's genesis or from a snapshot, applies the commands, and compares every outcome and state hash with
 * what was recorded. Counts and sums are over the records that it is told of: those after the snapshot.
 *
 * <p>One thread. Counts all mismatches and keeps the first {@value #MAX_KEPT_COUNT}; what they mean is for the caller.
 */
public final class EngineReplay implements SnapshotState {
    /** What a mismatch means. */
    public enum Mismatches {
        /** It is counted: for a tool that reports. */
        COUNTED,
        /** An opening is refused, before anything is written behind what this build computes otherwise. */
        REFUSED
    }

    private static final int MAX_KEPT_COUNT = 20;
    private static final int MAX_OUTCOME_LENGTH = 64 * 1024;

    private final TerminalListener terminals;
    private final JournalTotals totals;
    private final Mismatches policy;
    private final StepRecorder recorder;
    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[MAX_OUTCOME_LENGTH]);
    private final List<ReplayMismatch> mismatches = new ArrayList<>();
    private final UnsafeBuffer recorded = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer computed = new UnsafeBuffer(0, 0);
    private SettlementEngine engine;
    private Genesis genesis;
    private long recordCount;
    private long sealCount;
    private final long[] mismatchCounts = new long[ReplayMismatch.What.values().length];
    private long mismatchCount;
    private long lastSequence;
    private int outcomeLength;

    /** @param terminals is told of each terminal that the journal registers. */
    public EngineReplay(final TerminalListener terminals, final JournalTotals totals, final Mismatches policy) {
        this(terminals, totals, policy, NoRecording.INSTANCE);
    }

    /** @param recorder is told of each step of every settlement that is computed. */
    public EngineReplay(
            final TerminalListener terminals,
            final JournalTotals totals,
            final Mismatches policy,
            final StepRecorder recorder) {
        this.policy = policy;
        this.recorder = recorder;
        this.terminals = terminals;
        this.totals = totals;
    }

    @Override
    public void onRecord(final RecordView record) {
        recordCount++;
        lastSequence = record.sequence();
        if (record.kind() == RecordKind.GENESIS) {
            found(Genesis.of(record));
            engine = new SettlementEngine(EngineParameters.decode(genesis.engineParameters()), terminals, recorder);
            engine.rules(genesis.rulesVersion());
        } else if (record.kind() == RecordKind.COMMAND) {
            apply(record);
        }
    }

    private void found(final Genesis founding) {
        genesis = founding;
        if (!EngineRules.isKnown(genesis.rulesVersion())) {
            throw new ReplayMismatchException(genesis.rulesVersion());
        }
    }

    @Override
    public int stateFormat() {
        return SettlementEngine.SNAPSHOT_FORMAT;
    }

    @Override
    public int rulesVersion() {
        return InternalPart.RULES_VERSION;
    }

    @Override
    public void writeState(final WritableByteChannel target) throws IOException {
        engine.writeSnapshot(target);
    }

    /** Tells of the terminals once the hash of the rows has been found to be the sealed one: a damaged snapshot has none to tell. */
    @Override
    public void readState(final Genesis founding, final Seal seal, final ReadableByteChannel source)
            throws IOException {
        engine = null;
        found(founding);
        final SettlementEngine read = SettlementEngine.readSnapshot(
                EngineParameters.decode(founding.engineParameters()), terminals, recorder, source);
        if (read.stateHashHigh() != seal.stateHashHigh() || read.stateHashLow() != seal.stateHashLow()) {
            throw new IOException("the hash of the rows in the snapshot is not the state hash of seal "
                    + seal.sealNumber() + ", under which it is said to be");
        }
        read.tellTerminals();
        engine = read;
        lastSequence = seal.lastSequence();
    }

    /** Each record is computed under the rules that it names. They only rise. */
    private void takeRules(final RecordView record) {
        final int version = record.rulesVersion();
        if (!EngineRules.isKnown(version) || version < engine.rules()) {
            throw new ReplayMismatchException(record.sequence(), version, engine.rules());
        }
        engine.rules(version);
    }

    private void apply(final RecordView record) {
        takeRules(record);
        final int length = engine.apply(
                record.sequence(),
                record.timeMs(),
                record.buffer(),
                record.commandOffset(),
                record.commandLength(),
                outcome,
                0);
        if (!equal(record, length)) {
            mismatch(ReplayMismatch.What.OUTCOME);
        }
        outcomeLength = length;
        totals.add(record);
        if (!InternalPart.isReadable(record.buffer(), record.internalOffset(), record.internalLength())) {
            mismatch(ReplayMismatch.What.INTERNAL_PART);
        } else if (InternalPart.stateHashHigh(record.buffer(), record.internalOffset()) != engine.stateHashHigh()
                || InternalPart.stateHashLow(record.buffer(), record.internalOffset()) != engine.stateHashLow()) {
            mismatch(ReplayMismatch.What.STATE_HASH);
        }
    }

    private boolean equal(final RecordView record, final int length) {
        if (length != record.outcomeLength()) {
            return false;
        }
        recorded.wrap(record.buffer(), record.outcomeOffset(), length);
        computed.wrap(outcome, 0, length);
        return computed.equals(recorded);
    }

    @Override
    public void onSeal(final Seal seal) {
        sealCount++;
        if (seal.stateHashHigh() != engine.stateHashHigh() || seal.stateHashLow() != engine.stateHashLow()) {
            mismatch(ReplayMismatch.What.SEALED_STATE_HASH);
        }
    }

    @Override
    public void onAllRead() {
        if (policy == Mismatches.REFUSED && mismatchCount > 0) {
            throw new ReplayMismatchException(mismatchCount, mismatches.get(0));
        }
    }

    private void mismatch(final ReplayMismatch.What what) {
        mismatchCount++;
        mismatchCounts[what.ordinal()]++;
        if (mismatches.size() < MAX_KEPT_COUNT) {
            mismatches.add(new ReplayMismatch(lastSequence, what));
        }
    }

    @Override
    public long stateHashHigh() {
        return engine.stateHashHigh();
    }

    @Override
    public long stateHashLow() {
        return engine.stateHashLow();
    }

    /** The outcome that was computed last, from 0 on; what was recorded may differ. Overwritten by the next. */
    public DirectBuffer outcome() {
        return outcome;
    }

    public int outcomeLength() {
        return outcomeLength;
    }

    /**
     * The engine as the journal leaves it. Its rules are those of the last command: who goes on to write sets the newest
     * ({@link SettlementEngine#rules(int)}).
     */
    public SettlementEngine engine() {
        return engine;
    }

    /** What the journal was founded with. */
    public Genesis genesis() {
        return genesis;
    }

    public long recordCount() {
        return recordCount;
    }

    public long sealCount() {
        return sealCount;
    }

    public long mismatchCount() {
        return mismatchCount;
    }

    /** How many of one sort. */
    public long mismatchCount(final ReplayMismatch.What what) {
        return mismatchCounts[what.ordinal()];
    }

    /** The first of them. */
    public List<ReplayMismatch> mismatches() {
        return List.copyOf(mismatches);
    }
}
