package io.settlegate.journal;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.Store;

/** The contract on the store in memory. */
abstract class MemoryJournalContract extends JournalContract {
    final MemoryStore store = new MemoryStore(new MemoryFaults(1));

    MemoryJournalContract(final SnapshotTiming snapshots) {
        super(snapshots);
    }

    @Override
    Store store() {
        return store;
    }

    @Override
    void flipBit(final int segment, final long offset, final int bit) {
        store.flipBit(segment, 0, offset, bit);
    }

    @Override
    void truncate(final int segment, final int length) {
        store.truncate(segment, 0, length);
    }

    @Override
    void removeSegment(final int segment) {
        store.removeSegment(segment);
    }
}
