package io.settlegate.journal;

/** Each opening begins at a snapshot of the last batch. */
final class MemoryJournalAtSnapshotTest extends MemoryJournalContract {
    MemoryJournalAtSnapshotTest() {
        super(SnapshotTiming.ALWAYS);
    }
}
