package io.settlegate.gateway.replay;

import io.settlegate.gateway.inspection.JournalPoint;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;

/**
 * Replays a journal up to a point: each record through the engine, compared, added up, and its signature checked if that is wanted.
 *
 * <p>One use, one thread; blocks on the disk. It stops exactly after the last record that belongs to the point, also in the middle
 * of a batch; a seal's state hash is compared where the seal was reached.
 */
public final class ReplayRun implements ReplayListener {
    private final JournalPoint to;
    private final OnFinding onFinding;
    private final SignatureAudit audit;
    private final ReplayProgress progress;
    private final JournalTotals totals = new JournalTotals();
    private final EngineReplay replay =
            new EngineReplay(TerminalListener.NONE, totals, EngineReplay.Mismatches.COUNTED);
    private final ReplaySummary summary = new ReplaySummary();
    private final MismatchLog log = new MismatchLog(replay);
    private long lastSequence = -1;
    private long lastTimeMs;
    private Seal lastSeal;
    private Stop stop = Stop.END;

    /** What a finding does. */
    public enum OnFinding {
        GO_ON,
        STOP
    }

    /** Why a replay ended. */
    public enum Stop {
        /** Nothing more is sealed. */
        END,
        /** The point was reached. */
        POINT,
        /** Something differs, and that was to end it. */
        FINDING
    }

    /** Ends the reading; carries nothing. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private StoppedException() {
            super("the replay has reached its end", null, false, false);
        }
    }

    /** @param audit of signatures; null where they are not to be checked. */
    public ReplayRun(
            final JournalPoint to,
            final OnFinding onFinding,
            final SignatureAudit audit,
            final ReplayProgress progress) {
        this.to = to;
        this.onFinding = onFinding;
        this.audit = audit;
        this.progress = progress;
    }

    /** Reads and replays. @throws io.settlegate.journal.JournalDamagedException for damage before the point. */
    public void read(final Store store) {
        try {
            JournalScan.read(store, this);
        } catch (final StoppedException e) {
            // Where and why stands in the fields.
        }
        if (audit != null) {
            audit.finish();
        }
        progress.finish();
    }

    @Override
    public void onRecord(final RecordView record) {
        if (to.isBefore(record)) {
            throw stopped(Stop.POINT);
        }
        if (audit != null) {
            audit.add(record);
        }
        final long earlierCount = replay.mismatchCount();
        replay.onRecord(record);
        if (record.kind() == RecordKind.GENESIS) {
            begin();
        }
        summary.add(record);
        lastSequence = record.sequence();
        lastTimeMs = record.timeMs();
        progress.add(lastSequence, record.commandLength() + record.outcomeLength() + record.internalLength());
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
        lastSeal = seal;
        if (replay.mismatchCount() != earlierCount) {
            log.add(seal);
        }
        checkFindings();
        if (lastSequence == to.sequence()) {
            throw stopped(Stop.POINT);
        }
    }

    private void checkFindings() {
        if (onFinding == OnFinding.STOP
                && (replay.mismatchCount() > 0 || (audit != null && audit.findingCount() > 0))) {
            throw stopped(Stop.FINDING);
        }
    }

    private StoppedException stopped(final Stop why) {
        stop = why;
        return new StoppedException();
    }

    @Override
    public void onAllRead() {
        replay.onAllRead();
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

    JournalPoint to() {
        return to;
    }

    Stop stop() {
        return stop;
    }

    /** Of the record replayed last; -1 if none was. */
    public long lastSequence() {
        return lastSequence;
    }

    long lastTimeMs() {
        return lastTimeMs;
    }

    /** The last seal that was reached; null if none was. */
    Seal lastSeal() {
        return lastSeal;
    }
}
