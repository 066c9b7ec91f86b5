package io.settlegate.gateway.retention;

import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.EngineParameters;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.ClosedSegment;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.ScanEnd;
import io.settlegate.journal.store.Store;
import java.time.Duration;
import java.util.List;

/**
 * A segment may leave the journal if a good snapshot holds what its records made, and if no msgid in it can be repeated or asked for
 * any more: its outcomes are then read by nobody but auditors. A query may be made one horizon after the record that it finds, and be repeated
 * one horizon after that; its answer reads both. So a record is answerable for two horizons, and for twice what a msgid may be ahead. The newest record under the snapshot is the measure of time, not the
 * clock of whoever runs the command.
 *
 * <p>A value.
 *
 * @param snapshotSequence the last record of the newest good snapshot; -1 if there is none.
 * @param answerableFromMs records from here on may still have to be answered again.
 */
public record RetentionRule(long snapshotSequence, long answerableFromMs) {
    /** A msgid is good to the end of a day: once for the record, once for the query that found it. */
    private static final int MARGIN_DAYS = 2;

    /** Why a segment stays, or that it need not. */
    public enum Verdict {
        MAY_LEAVE,
        NO_SNAPSHOT,
        ANSWERABLE
    }

    /** Finds the rule of a journal: reads its newest good snapshot, which takes as much memory as the gateway. */
    public static RetentionRule of(final Store store) {
        final List<Long> sequences = store.snapshots().sequences();
        if (sequences.isEmpty()) {
            return new RetentionRule(-1, Long.MIN_VALUE);
        }
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.REFUSED);
        final JournalScan scan =
                JournalScan.readFromSnapshot(store, replay, ScanEnd.atSequence(sequences.get(sequences.size() - 1)));
        if (!scan.begunFrom().isFromSnapshot()) {
            return new RetentionRule(-1, Long.MIN_VALUE);
        }
        final EngineParameters parameters =
                EngineParameters.decode(scan.genesis().engineParameters());
        return new RetentionRule(
                scan.begunFrom().sequence(),
                scan.lastSeal().timeMs()
                        - Duration.ofDays(2L * parameters.horizonDays() + MARGIN_DAYS)
                                .toMillis()
                        - 2 * parameters.msgidAheadMs());
    }

    public Verdict judge(final ClosedSegment segment) {
        if (segment.lastSequence() > snapshotSequence) {
            return Verdict.NO_SNAPSHOT;
        }
        return segment.endTimeMs() >= answerableFromMs ? Verdict.ANSWERABLE : Verdict.MAY_LEAVE;
    }
}
