package io.settlegate.journal.backup;

import io.settlegate.journal.SnapshotCheck;
import io.settlegate.protocol.receipt.Seal;
import java.util.List;

/**
 * What a copy did.
 *
 * @param before the seal at which the copy before ended; null for the first.
 * @param last the seal at which it ends now.
 * @param segmentCount segments of which something was copied.
 * @param copiedLength bytes that were copied.
 * @param leftOut snapshots that are bad, each with its reason; the copy has none of them.
 */
public record CopyReport(Seal before, Seal last, int segmentCount, long copiedLength, List<SnapshotCheck> leftOut) {
    /** Records that this copy has and the one before did not. */
    public long recordCount() {
        return last.lastSequence() - (before == null ? -1 : before.lastSequence());
    }
}
