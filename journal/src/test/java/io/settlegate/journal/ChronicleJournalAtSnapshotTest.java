package io.settlegate.journal;

/** Each opening begins at a snapshot of the last batch. */
final class ChronicleJournalAtSnapshotTest extends ChronicleJournalContract {
    ChronicleJournalAtSnapshotTest() {
        super(SnapshotTiming.ALWAYS);
    }
}
