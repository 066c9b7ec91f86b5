package io.settlegate.gateway.replay;

import io.settlegate.journal.Genesis;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.SnapshotState;
import io.settlegate.journal.SnapshotUse;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * Reads what is durable of a journal up to an end, checked as at an opening, and tells a state of the records that belong to it: the
 * last one also where it stands in the middle of a batch, and a seal only where all records under it belong.
 *
 * <p>One use, one thread; blocks on the disk.
 */
public final class PointScan implements SnapshotState {
    private final ReplayEnd end;
    private final SnapshotState state;
    private long lastSequence = -1;
    private long lastTimeMs;
    private Seal lastSeal;
    private boolean isBehind;
    private SnapshotUse begunFrom = new SnapshotUse(-1, -1, "", List.of());

    /** Ends the reading; carries nothing. */
    static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndedException() {
            super("the reading was ended by who listens", null, false, false);
        }
    }

    public PointScan(final ReplayEnd end, final SnapshotState state) {
        this.end = end;
        this.state = state;
    }

    /**
     * Reads until the end, until nothing more is durable, or until the state throws an {@link EndedException}.
     *
     * @throws io.settlegate.journal.JournalDamagedException for damage before that.
     * @throws io.settlegate.journal.JournalException if the records to begin with are archived.
     */
    public void read(final Store store, final ReplayStart start) {
        try {
            if (start == ReplayStart.SNAPSHOT) {
                begunFrom = JournalScan.readFromSnapshot(
                                store, this, end.scanEnd().withinDurable(store))
                        .begunFrom();
            } else {
                JournalScan.read(store, this, end.scanEnd().withinDurable(store));
            }
        } catch (final EndedException e) {
            // How far it came stands in the fields.
        }
    }

    @Override
    public void onRecord(final RecordView record) {
        if (isBehind || end.isBefore(record)) {
            isBehind = true;
            return;
        }
        lastSequence = record.sequence();
        lastTimeMs = record.timeMs();
        state.onRecord(record);
    }

    @Override
    public void onSeal(final Seal seal) {
        if (!isBehind) {
            lastSeal = seal;
            state.onSeal(seal);
        }
    }

    @Override
    public void onAllRead() {
        state.onAllRead();
    }

    @Override
    public int stateFormat() {
        return state.stateFormat();
    }

    @Override
    public int rulesVersion() {
        return state.rulesVersion();
    }

    @Override
    public void writeState(final WritableByteChannel target) throws IOException {
        state.writeState(target);
    }

    @Override
    public void readState(final Genesis genesis, final Seal seal, final ReadableByteChannel source) throws IOException {
        state.readState(genesis, seal, source);
        lastSequence = seal.lastSequence();
        lastTimeMs = seal.timeMs();
        lastSeal = seal;
        begunFrom = new SnapshotUse(seal.lastSequence(), seal.sealNumber(), "", List.of());
    }

    @Override
    public long stateHashHigh() {
        return state.stateHashHigh();
    }

    @Override
    public long stateHashLow() {
        return state.stateHashLow();
    }

    /** The last record that the state holds; -1 if it holds none. */
    public long lastSequence() {
        return lastSequence;
    }

    public long lastTimeMs() {
        return lastTimeMs;
    }

    /** The last seal under which all belongs; null if there is none. */
    Seal lastSeal() {
        return lastSeal;
    }

    /** True if the end was reached: a record behind it was met, or its own was told. */
    public boolean isReached() {
        return isBehind || lastSequence == end.sequence();
    }

    /** Where reading began. */
    public SnapshotUse begunFrom() {
        return begunFrom;
    }
}
