package io.settlegate.journal;

import java.util.List;

/**
 * Where an opening or a scan began.
 *
 * @param sequence the last that the snapshot holds; -1 if everything was read from the first record.
 * @param sealNumber over it; -1 if there was no snapshot.
 * @param place where the snapshot lies; empty if there was none.
 * @param refused newer snapshots that were not used, the newest first.
 */
public record SnapshotUse(long sequence, long sealNumber, String place, List<RefusedSnapshot> refused) {
    static SnapshotUse none(final List<RefusedSnapshot> refused) {
        return new SnapshotUse(-1, -1, "", refused);
    }

    /** True if reading began at a snapshot. */
    public boolean isFromSnapshot() {
        return sequence >= 0;
    }
}
