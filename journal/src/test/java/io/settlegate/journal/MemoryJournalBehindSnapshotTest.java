package io.settlegate.journal;

/** Batches follow the snapshot at which each opening begins. */
final class MemoryJournalBehindSnapshotTest extends MemoryJournalContract {
    MemoryJournalBehindSnapshotTest() {
        super(SnapshotTiming.ONCE);
    }
}
