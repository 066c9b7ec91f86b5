package io.settlegate.gateway.backup;

import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.ScanEnd;
import io.settlegate.journal.backup.CopyProgress;
import io.settlegate.journal.backup.CopyReport;
import io.settlegate.journal.backup.JournalCopy;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Puts a backup back into a directory that nobody serves from, as after a disaster, and measures it: copy, check of every record
 * and signature, replay from the newest good snapshot on.
 *
 * <p>One thread; blocks on the disk; writes into the scratch directory only.
 */
public final class RestoreDrill {
    private RestoreDrill() {}

    /**
     * What it found.
     *
     * @param copy what was put back.
     * @param copyMs time of copying and forcing.
     * @param checkMs time of checking every record, seal, and signature.
     * @param replayMs time of computing outcomes again, from the newest good snapshot on, which a start does too.
     * @param mismatchCount outcomes and state hashes that differ from those recorded.
     * @param stateHash of the replayed state, recomputed from its rows.
     * @param sealedStateHash what the last seal states.
     */
    public record Result(
            CopyReport copy,
            long copyMs,
            long checkMs,
            long replayMs,
            long mismatchCount,
            String stateHash,
            String sealedStateHash) {
        /** True if a gateway could go on from here. */
        public boolean isGood() {
            return mismatchCount == 0 && stateHash.equals(sealedStateHash);
        }

        /** How long a gateway would not have served. */
        public long totalMs() {
            return copyMs + checkMs + replayMs;
        }
    }

    /**
     * Runs it.
     *
     * @throws io.settlegate.journal.JournalException if the backup is damaged.
     * @throws IOException if a disk refuses.
     */
    public static Result run(final BackupDirectory backup, final Path scratchJournal, final CopyProgress progress)
            throws IOException {
        final long startNs = System.nanoTime();
        final long[] checkNs = new long[1];
        final CopyReport copy = JournalCopy.copy(backup.journal(), scratchJournal, (step, length) -> {
            if (step == CopyProgress.Step.CHECK) {
                checkNs[0] = System.nanoTime();
            }
            progress.at(step, length);
        });
        final long replayNs = System.nanoTime();
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED);
        final JournalScan scan;
        try (Store store = ChronicleStore.in(scratchJournal)) {
            scan = JournalScan.readFromSnapshot(store, replay, ScanEnd.none());
        }
        final SettlementEngine engine = replay.engine();
        final String stateHash = hash(engine.recomputeStateHashHigh(), engine.recomputeStateHashLow());
        final long endNs = System.nanoTime();
        return new Result(
                copy,
                millis(checkNs[0] - startNs),
                millis(replayNs - checkNs[0]),
                millis(endNs - replayNs),
                replay.mismatchCount(),
                stateHash,
                hash(scan.lastSeal().stateHashHigh(), scan.lastSeal().stateHashLow()));
    }

    private static long millis(final long timeNs) {
        return TimeUnit.NANOSECONDS.toMillis(timeNs);
    }

    private static String hash(final long high, final long low) {
        return String.format("%016x%016x", high, low);
    }
}
