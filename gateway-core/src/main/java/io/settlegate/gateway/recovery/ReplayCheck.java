package io.settlegate.gateway.recovery;

import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.JournalException;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.ScanEnd;
import io.settlegate.journal.store.Store;

/**
 * Runs the engine over a journal and says whether every outcome and state hash is what was recorded: the last step of a
 * verification.
 *
 * <p>One thread; blocks on the disk. Whatever the records hold is a finding and never thrown.
 */
public final class ReplayCheck {
    private ReplayCheck() {}

    /**
     * What was found.
     *
     * @param snapshotSequence the last record of the snapshot that it began with, because the first records are archived; -1
     *     if it began with the founding.
     * @param recordCount records that were replayed.
     * @param mismatchCount outcomes and state hashes that differ.
     * @param fault the first of them, or why it could not go on; empty if all are equal.
     */
    public record Report(long snapshotSequence, long recordCount, long mismatchCount, String fault) {
        public boolean isGood() {
            return fault.isEmpty();
        }

        /** In a sentence. */
        public String describe() {
            final String start = snapshotSequence < 0
                    ? ""
                    : ", from the snapshot at record " + snapshotSequence + " on, because the first ones are archived,";
            return isGood()
                    ? String.format(
                            "%,d records were replayed%s%s every outcome and state hash is equal",
                            recordCount, start, start.isEmpty() ? ":" : " and")
                    : String.format(
                            "%,d records were replayed%s and %,d outcomes or state hashes differ: %s; `settlegate replay` says more",
                            recordCount, start, mismatchCount, fault);
        }
    }

    /** From the founding, or, where that is archived, from the oldest good snapshot. */
    public static Report of(final Store store) {
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED);
        String fault = "";
        long snapshotSequence = -1;
        try {
            snapshotSequence = JournalScan.readAll(store, replay, ScanEnd.none())
                    .begunFrom()
                    .sequence();
        } catch (final ReplayMismatchException | JournalException e) {
            fault = e.getMessage();
        } catch (final RuntimeException e) {
            // Sealed records that the engine cannot take: somebody else than this gateway made them.
            fault = "the engine failed at record " + replay.recordCount() + ": " + e;
        }
        if (fault.isEmpty() && replay.mismatchCount() > 0) {
            fault = replay.mismatches().get(0).toString();
        }
        return new Report(snapshotSequence, replay.recordCount(), replay.mismatchCount(), fault);
    }
}
