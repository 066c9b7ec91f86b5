package io.settlegate.journal;

import io.settlegate.protocol.receipt.Seal;
import java.util.ArrayList;
import java.util.List;

/**
 * Sealed batches that were checked, on their way from the thread that reads to the one that listens. Small batches go together, so
 * that waking the other thread costs little of each.
 *
 * <p>One thread at a time: the reader fills it, {@link RunHandover} passes it on, the listener's thread empties it.
 */
final class CheckedRun {
    /** From so many bytes on a run is handed over. */
    static final int FULL_LENGTH = 1 << 18;

    private final BatchRecords records = new BatchRecords();
    private final List<Seal> seals = new ArrayList<>();

    /** The records; the verifier appends to them. */
    BatchRecords records() {
        return records;
    }

    /** The records that were added last stand under this seal. */
    void seal(final Seal seal) {
        records.keep();
        seals.add(seal);
    }

    boolean isEmpty() {
        return seals.isEmpty();
    }

    boolean isFull() {
        return records.length() >= FULL_LENGTH;
    }

    /** Tells the listener all of it. */
    void tell(final ReplayListener listener) {
        int next = 0;
        for (final Seal seal : seals) {
            for (int i = 0; i < seal.count(); i++) {
                listener.onRecord(records.kept(next));
                next++;
            }
            listener.onSeal(seal);
        }
    }

    void clear() {
        records.clear();
        seals.clear();
    }
}
