package io.settlegate.gateway.replay;

import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.SnapshotState;
import io.settlegate.journal.SnapshotUse;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Replays a journal up to an end: each record through the engine, compared, added up, and its signature checked if that is wanted.
 *
 * <p>One use, one thread; blocks on the disk. A seal's state hash is compared where the seal was reached.
 */
public final class ReplayRun implements SnapshotState {
    private final ReplayEnd end;
    private final OnFinding onFinding;
    private final SignatureAudit audit;
    private final ReplayProgress progress;
    private final JournalTotals totals = new JournalTotals();
    private final EngineReplay replay =
            new EngineReplay(TerminalListener.NONE, totals, EngineReplay.Mismatches.COUNTED);
    private final ReplaySummary summary = new ReplaySummary();
    private final MismatchLog log = new MismatchLog(replay);
    private final PointScan scan;
    private boolean isEndedByFinding;

    /** What a finding does. */
    public enum OnFinding {
        GO_ON,
        STOP
    }

    /** Why a replay ended. */
    public enum Stop {
        /** Nothing more is sealed. */
        END,
        /** What was named was reached. */
        POINT,
        /** Something differs, and that was to end it. */
        FINDING
    }

    /** @param audit of signatures; null where they are not to be checked. */
    public ReplayRun(
            final ReplayEnd end, final OnFinding onFinding, final SignatureAudit audit, final ReplayProgress progress) {
        this.end = end;
        this.scan = new PointScan(end, this);
        this.onFinding = onFinding;
        this.audit = audit;
        this.progress = progress;
    }

    /**
     * Reads and replays.
     *
     * @throws io.settlegate.journal.JournalDamagedException for damage before the end.
     * @throws io.settlegate.journal.JournalException if the records to begin with are archived.
     */
    public void read(final Store store, final ReplayStart start) {
        scan.read(store, start);
        if (audit != null) {
            audit.finish();
        }
        progress.finish();
    }

    @Override
    public void onRecord(final RecordView record) {
        if (audit != null) {
            audit.add(record);
        }
        final long earlierCount = replay.mismatchCount();
        replay.onRecord(record);
        if (record.kind() == RecordKind.GENESIS) {
            begin();
        }
        summary.add(record);
        progress.add(record.sequence(), record.commandLength() + record.outcomeLength() + record.internalLength());
        if (replay.mismatchCount() != earlierCount) {
            log.add(record);
        }
        checkFindings();
    }

    private void begin() {
        summary.begin(replay.engine());
        if (audit != null) {
            audit.begin(replay.engine(), replay.genesis().operatorKey());
        }
    }

    @Override
    public void onSeal(final Seal seal) {
        final long earlierCount = replay.mismatchCount();
        replay.onSeal(seal);
        if (replay.mismatchCount() != earlierCount) {
            log.add(seal);
        }
        checkFindings();
    }

    private void checkFindings() {
        if (onFinding == OnFinding.STOP
                && (replay.mismatchCount() > 0 || (audit != null && audit.findingCount() > 0))) {
            isEndedByFinding = true;
            throw new PointScan.EndedException();
        }
    }

    @Override
    public void onAllRead() {
        replay.onAllRead();
    }

    @Override
    public int stateFormat() {
        return replay.stateFormat();
    }

    @Override
    public int rulesVersion() {
        return replay.rulesVersion();
    }

    @Override
    public void writeState(final WritableByteChannel target) throws IOException {
        replay.writeState(target);
    }

    @Override
    public void readState(final Genesis genesis, final Seal seal, final ReadableByteChannel source) throws IOException {
        replay.readState(genesis, seal, source);
        begin();
    }

    @Override
    public long stateHashHigh() {
        return replay.stateHashHigh();
    }

    @Override
    public long stateHashLow() {
        return replay.stateHashLow();
    }

    EngineReplay replay() {
        return replay;
    }

    JournalTotals totals() {
        return totals;
    }

    ReplaySummary summary() {
        return summary;
    }

    MismatchLog log() {
        return log;
    }

    /** Null where signatures were not checked. */
    SignatureAudit audit() {
        return audit;
    }

    ReplayEnd end() {
        return end;
    }

    Stop stop() {
        if (isEndedByFinding) {
            return Stop.FINDING;
        }
        return scan.isReached() ? Stop.POINT : Stop.END;
    }

    /** Where it began. */
    SnapshotUse begunFrom() {
        return scan.begunFrom();
    }

    /** Records that were replayed. */
    public long recordCount() {
        return replay.recordCount();
    }

    /** Of the record replayed last; -1 if none was. */
    public long lastSequence() {
        return scan.lastSequence();
    }

    long lastTimeMs() {
        return scan.lastTimeMs();
    }

    /** The last seal that was reached; null if none was. */
    Seal lastSeal() {
        return scan.lastSeal();
    }
}
