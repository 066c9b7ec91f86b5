package io.settlegate.gateway.backup;

import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.time.Clock;
import java.util.Arrays;

/**
 * What would be lost if a backup had to be put back now: what the live journal holds after the backup's last seal. Where the live
 * journal cannot be read only the time is known.
 *
 * <p>A value.
 *
 * @param basis whether it was counted.
 * @param recordCount records.
 * @param settlementCount settlements among them.
 * @param medfeeSumamtFen sum of their bills.
 * @param fundPaySumamtFen what the funds paid, net of reversals and cancels.
 * @param timeMs from the backup's last seal to the live journal's last seal, or to now.
 */
public record DataLoss(
        Basis basis, long recordCount, long settlementCount, long medfeeSumamtFen, long fundPaySumamtFen, long timeMs) {
    /** What it is taken from. */
    public enum Basis {
        /** Counted in the live journal. */
        LIVE,
        /** By the clock: the live journal is not there. Counts are unknown and 0. */
        CLOCK
    }

    /** Without a live journal. */
    public static DataLoss byClock(final Seal last, final Clock clock) {
        return new DataLoss(Basis.CLOCK, 0, 0, 0, 0, Math.max(0, clock.millis() - last.timeMs()));
    }

    /**
     * Counts, up to the durable mark.
     *
     * @throws IllegalArgumentException if the live journal does not hold the backup's last seal.
     */
    public static DataLoss inLive(final Seal last, final Store live) {
        try (JournalFollower follower = JournalFollower.open(live)) {
            final long limit = follower.lastSequence();
            follower.seek(last.lastSequence());
            if (limit < last.lastSequence()
                    || !follower.nextBatch()
                    || !Arrays.equals(follower.seal().bytes(), last.bytes())) {
                throw new IllegalArgumentException("the live journal does not hold " + last
                        + ", with which the backup ends: it was put back from an older copy, or is another's");
            }
            final JournalTotals totals = new JournalTotals();
            long endMs = last.timeMs();
            long sequence = last.lastSequence();
            while (sequence < limit && follower.nextBatch()) {
                for (int i = 0; i < follower.count(); i++) {
                    final RecordView record = follower.get(i);
                    if (record.kind() == RecordKind.COMMAND) {
                        totals.add(record);
                    }
                }
                sequence = follower.seal().lastSequence();
                endMs = follower.seal().timeMs();
            }
            return new DataLoss(
                    Basis.LIVE,
                    sequence - last.lastSequence(),
                    totals.settlementCount(),
                    totals.medfeeSumamtGrossFen(),
                    totals.fundPaySumamtFen(),
                    endMs - last.timeMs());
        }
    }
}
