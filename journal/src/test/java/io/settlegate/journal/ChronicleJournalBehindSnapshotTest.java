package io.settlegate.journal;

/** Batches follow the snapshot at which each opening begins. */
final class ChronicleJournalBehindSnapshotTest extends ChronicleJournalContract {
    ChronicleJournalBehindSnapshotTest() {
        super(SnapshotTiming.ONCE);
    }
}
