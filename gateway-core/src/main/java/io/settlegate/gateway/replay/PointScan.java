package io.settlegate.gateway.replay;

import io.settlegate.gateway.inspection.JournalPoint;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;

/**
 * Reads a journal up to a point, checked as at an opening, and tells a listener of the records that belong to it: the last one also where it
 * stands in the middle of a batch, and a seal only where all records under it belong to the point.
 *
 * <p>One use, one thread; blocks on the disk.
 */
public final class PointScan implements ReplayListener {
    private final JournalPoint to;
    private final ReplayListener listener;
    private long lastSequence = -1;
    private long lastTimeMs;
    private boolean isReached;

    /** Ends the reading; carries nothing. */
    static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndedException() {
            super("the reading was ended by who listens", null, false, false);
        }
    }

    public PointScan(final JournalPoint to, final ReplayListener listener) {
        this.to = to;
        this.listener = listener;
    }

    /**
     * Reads until the point, until nothing more is sealed, or until the listener throws an {@link EndedException}.
     *
     * @throws io.settlegate.journal.JournalDamagedException for damage before that.
     */
    public void read(final Store store) {
        try {
            JournalScan.read(store, this);
        } catch (final EndedException e) {
            // How far it came stands in the fields.
        }
    }

    @Override
    public void onRecord(final RecordView record) {
        if (to.isBefore(record)) {
            isReached = true;
            throw new EndedException();
        }
        lastSequence = record.sequence();
        lastTimeMs = record.timeMs();
        listener.onRecord(record);
    }

    @Override
    public void onSeal(final Seal seal) {
        listener.onSeal(seal);
        if (lastSequence == to.sequence()) {
            isReached = true;
            throw new EndedException();
        }
    }

    @Override
    public void onAllRead() {
        listener.onAllRead();
    }

    @Override
    public long stateHashHigh() {
        return listener.stateHashHigh();
    }

    @Override
    public long stateHashLow() {
        return listener.stateHashLow();
    }

    /** Of the last record that was told; -1 if none was. */
    public long lastSequence() {
        return lastSequence;
    }

    public long lastTimeMs() {
        return lastTimeMs;
    }

    /** True if the point was reached: a record behind it was met, or the seal right behind it. */
    public boolean isReached() {
        return isReached;
    }
}
