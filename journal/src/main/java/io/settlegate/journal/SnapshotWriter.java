package io.settlegate.journal;

import io.settlegate.journal.snapshot.SnapshotHead;
import io.settlegate.journal.snapshot.SnapshotInput;
import io.settlegate.journal.snapshot.SnapshotOutput;
import io.settlegate.journal.store.SnapshotFiles;
import io.settlegate.journal.store.SnapshotTarget;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import io.settlegate.journal.store.StoreLock;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a snapshot of a journal up to its durable mark: begins at the newest good one, reads and checks what follows, writes
 * the state, reads it back so that its hash is computed from nothing, and only then gives it its name.
 *
 * <p>One thread, meant to be in a process of its own: it needs no part of the writer's lock, reads what the writer has published,
 * and touches no file of a running writer. Blocks on the disk. A snapshot that cannot be made leaves what was there before.
 */
public final class SnapshotWriter {
    private final Store store;
    private final SnapshotState state;

    /**
     * What was made.
     *
     * @param sequence the last record in it.
     * @param sealNumber over that record.
     * @param length of the file in bytes; 0 if the newest snapshot was up to date and none was written.
     * @param begunFrom the snapshot at which reading began, and those that were refused.
     * @param deleted older snapshots that were deleted.
     */
    public record Result(long sequence, long sealNumber, long length, SnapshotUse begunFrom, List<Long> deleted) {
        public boolean isWritten() {
            return length > 0;
        }
    }

    private SnapshotWriter(final Store store, final SnapshotState state) {
        this.store = store;
        this.state = state;
    }

    /**
     * Makes a snapshot and keeps the newest {@code keptCount} good ones.
     *
     * @param state is begun anew here, and stands at the snapshot afterwards.
     * @throws io.settlegate.journal.store.StoreLockedException if another process is at it.
     * @throws JournalException if the state's hash is not what the journal says, or the journal is damaged.
     * @throws StoreException if the disk refuses or is too full.
     */
    public static Result write(final Store store, final SnapshotState state, final int keptCount) {
        if (keptCount < 1) {
            throw new IllegalArgumentException("at least one snapshot is kept, not " + keptCount);
        }
        final SnapshotFiles files = store.snapshots();
        final StoreLock lock = files.lock();
        try {
            files.removeAbandoned();
            return new SnapshotWriter(store, state).run(files, keptCount);
        } catch (final IOException e) {
            throw new StoreException(
                    "the snapshot could not be written: " + e.getMessage()
                            + "; those that were there before are untouched; check the disk",
                    e);
        } finally {
            lock.close();
        }
    }

    private Result run(final SnapshotFiles files, final int keptCount) throws IOException {
        final JournalScan scan =
                JournalScan.readFromSnapshot(store, state, ScanEnd.none().withinDurable(store));
        state.onAllRead();
        final Seal seal = scan.lastSeal();
        checkStateHash(seal, "replaying the journal");
        final SnapshotUse begun = scan.begunFrom();
        long length = 0;
        if (begun.sequence() != seal.lastSequence()) {
            length = write(files, scan);
        }
        return new Result(seal.lastSequence(), seal.sealNumber(), length, begun, prune(files, scan, keptCount));
    }

    private void checkStateHash(final Seal seal, final String how) {
        if (state.stateHashHigh() != seal.stateHashHigh() || state.stateHashLow() != seal.stateHashLow()) {
            throw new JournalException(String.format(
                    "%s gives state hash %016x%016x, and %s states %016x%016x: no snapshot is made of it; run replay to find"
                            + " the record at which they part",
                    how, state.stateHashHigh(), state.stateHashLow(), seal, seal.stateHashHigh(), seal.stateHashLow()));
        }
    }

    private long write(final SnapshotFiles files, final JournalScan scan) throws IOException {
        final ChainAnchor anchor = scan.anchor();
        final Seal seal = anchor.seal();
        final SnapshotHead head = new SnapshotHead(
                seal.gatewayId(),
                state.stateFormat(),
                state.rulesVersion(),
                seal.lastSequence(),
                seal.sealNumber(),
                seal.timeMs(),
                seal.hash(),
                seal.stateHashHigh(),
                seal.stateHashLow(),
                anchor.encode());
        try (SnapshotTarget target = files.create(seal.lastSequence())) {
            final SnapshotOutput output = new SnapshotOutput(
                    new RoomyChannel(target, store), head, scan.index().encode());
            state.writeState(output);
            final long length = output.finish();
            readBack(target, anchor);
            target.publish();
            return length;
        }
    }

    /** What cannot be read again is no snapshot, and must not push out one that can. */
    private void readBack(final SnapshotTarget target, final ChainAnchor anchor) throws IOException {
        try (SeekableByteChannel channel = target.readBack();
                SnapshotInput input = new SnapshotInput(channel)) {
            state.readState(anchor.genesis(), anchor.seal(), input);
            if (input.finish() > 0) {
                throw new IOException("more of the state was written than is read again");
            }
        }
        checkStateHash(anchor.seal(), "reading the new snapshot back");
    }

    /** Those that were refused count for nothing, and go when they are older than all that are kept. */
    private List<Long> prune(final SnapshotFiles files, final JournalScan scan, final int keptCount)
            throws IOException {
        final List<Long> bad = scan.begunFrom().refused().stream()
                .map(RefusedSnapshot::sequence)
                .toList();
        final ArchivedNote archived = scan.plan().archived();
        final List<Long> sequences = files.sequences();
        final List<Long> deleted = new ArrayList<>();
        int kept = 0;
        for (int i = sequences.size() - 1; i >= 0; i--) {
            final long sequence = sequences.get(i);
            final boolean isLeanedOn = archived != null && archived.snapshotSequence() == sequence;
            if (kept >= keptCount && !isLeanedOn) {
                files.delete(sequence);
                deleted.add(sequence);
            } else if (!bad.contains(sequence)) {
                kept++;
            }
        }
        return deleted;
    }
}
