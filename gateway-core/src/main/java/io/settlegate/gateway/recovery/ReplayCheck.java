package io.settlegate.gateway.recovery;

import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.JournalException;
import io.settlegate.journal.JournalScan;
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
     * @param recordCount records that were replayed.
     * @param mismatchCount outcomes and state hashes that differ.
     * @param fault the first of them, or why it could not go on; empty if all are equal.
     */
    public record Report(long recordCount, long mismatchCount, String fault) {
        public boolean isGood() {
            return fault.isEmpty();
        }

        /** In a sentence. */
        public String describe() {
            return isGood()
                    ? String.format("%,d records were replayed: every outcome and state hash is equal", recordCount)
                    : String.format(
                            "%,d records were replayed and %,d outcomes or state hashes differ: %s; `settlegate replay` says more",
                            recordCount, mismatchCount, fault);
        }
    }

    public static Report of(final Store store) {
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED);
        String fault = "";
        try {
            JournalScan.read(store, replay);
        } catch (final ReplayMismatchException | JournalException e) {
            fault = e.getMessage();
        } catch (final RuntimeException e) {
            // Sealed records that the engine cannot take: somebody else than this gateway made them.
            fault = "the engine failed at record " + replay.recordCount() + ": " + e;
        }
        if (fault.isEmpty() && replay.mismatchCount() > 0) {
            fault = replay.mismatches().get(0).toString();
        }
        return new Report(replay.recordCount(), replay.mismatchCount(), fault);
    }
}
