package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.backup.DataLoss;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.journal.JournalException;
import io.settlegate.journal.SnapshotCheck;
import io.settlegate.journal.backup.CopyReport;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** What putting a backup back loses, found and shown. */
final class LossText {
    private LossText() {}

    /**
     * Counts, as well as it can be done: after a disaster the old journal may be damaged, and what was restored is good all the same.
     *
     * @param live the data directory that may still be read; null if there is none.
     * @param err is told why it cannot be counted.
     */
    static DataLoss find(final Seal last, final Path live, final PrintWriter err) {
        if (live != null) {
            try (Store store = new DataDirectory(live).existingStore()) {
                return DataLoss.inLive(last, store);
            } catch (final IOException | JournalException | StoreException | IllegalArgumentException e) {
                err.println("settlegate: what is lost cannot be counted: " + e.getMessage());
            }
        }
        return DataLoss.byClock(last, Clock.systemUTC());
    }

    static void print(final PrintWriter out, final Seal last, final DataLoss loss) {
        if (loss.basis() == DataLoss.Basis.CLOCK) {
            out.printf(
                    "lost (RPO)   all that was answered since %s, %s ago; count it with --live while the old journal can be"
                            + " read%n",
                    ShownTime.of(last.timeMs()), duration(loss.timeMs()));
            return;
        }
        out.printf(
                "lost (RPO)   %,d records of %s after record %,d: %,d settlements over %s yuan, of which the funds paid %s%n",
                loss.recordCount(),
                duration(loss.timeMs()),
                last.lastSequence(),
                loss.settlementCount(),
                yuan(loss.medfeeSumamtFen()),
                yuan(loss.fundPaySumamtFen()));
    }

    static void put(final ObjectNode object, final DataLoss loss) {
        final ObjectNode lost = object.putObject("loss");
        lost.put("basis", loss.basis().name()).put("timeMs", loss.timeMs());
        if (loss.basis() == DataLoss.Basis.LIVE) {
            lost.put("records", loss.recordCount())
                    .put("settlements", loss.settlementCount())
                    .put("medfeeSumamtFen", loss.medfeeSumamtFen())
                    .put("fundPaySumamtFen", loss.fundPaySumamtFen());
        }
    }

    private static String yuan(final long fen) {
        return String.format("%,.2f", BigDecimal.valueOf(fen, 2));
    }

    private static String duration(final long timeMs) {
        final Duration time = Duration.ofMillis(timeMs);
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : String.format("%.1f s", timeMs / 1_000.0);
    }

    /** Says which snapshots a copy has not, because they are bad. */
    static void tellLeftOut(final PrintWriter err, final CopyReport copy) {
        for (final SnapshotCheck check : copy.leftOut()) {
            err.printf(
                    "left out     the snapshot up to record %,d, which is bad: %s. No record is in it; delete it, make another with"
                            + " `journal snapshot`, and check the disk%n",
                    check.sequence(), check.reason());
        }
        err.flush();
    }
}
