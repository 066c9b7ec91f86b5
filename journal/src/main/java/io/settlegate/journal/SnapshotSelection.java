package io.settlegate.journal;

import io.settlegate.journal.snapshot.SnapshotHead;
import io.settlegate.journal.snapshot.SnapshotInput;
import io.settlegate.journal.store.SnapshotFiles;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for the newest snapshot that may be believed and makes a state of it. What is refused has a reason, and the one before
 * it is tried.
 *
 * <p>A snapshot counts if its bytes are whole, if its seal is signed, names the peaks and stands in the journal at hand, if this
 * build reads its state, and if the state hash that the state computes from its rows is the one that the seal states.
 *
 * <p>One thread; blocks on the disk; changes nothing but the state.
 */
final class SnapshotSelection {
    private final Store store;
    private final SegmentPlan plan;
    private final SnapshotState state;
    private final HeadNote head;
    private final HeadNote forceFailed;
    private final ScanEnd end;
    private final BouncyCastleVerifier signatures = new BouncyCastleVerifier();
    private final List<RefusedSnapshot> refused = new ArrayList<>();
    private SnapshotUse use;
    private Genesis genesis;

    /** Which snapshot is tried first. */
    enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    /** The notes may be null. */
    SnapshotSelection(
            final Store store,
            final SegmentPlan plan,
            final SnapshotState state,
            final HeadNote head,
            final HeadNote forceFailed,
            final ScanEnd end) {
        this.store = store;
        this.plan = plan;
        this.state = state;
        this.head = head;
        this.forceFailed = forceFailed;
        this.end = end;
    }

    /**
     * Answers where to go on reading; the state then stands there.
     *
     * @throws JournalException if no snapshot is good and the first records are not there.
     */
    ChainStart select() {
        return select(Order.NEWEST_FIRST);
    }

    /** The same, in another order: the oldest good one leaves the most to be replayed. */
    ChainStart select(final Order order) {
        final SnapshotFiles files = store.snapshots();
        genesis = plan.genesis(store);
        // If the founding record cannot be read, no snapshot can be known to belong here, and reading it is refused
        // below.
        final List<Long> sequences = genesis == null ? List.of() : files.sequences();
        for (int i = 0; i < sequences.size(); i++) {
            final long sequence = sequences.get(order == Order.OLDEST_FIRST ? i : sequences.size() - 1 - i);
            try {
                final ChainStart start = load(files, sequence);
                use = new SnapshotUse(
                        sequence, start.anchor().seal().sealNumber(), files.describe(sequence), List.copyOf(refused));
                return start;
            } catch (final IOException | StoreException e) {
                refused.add(new RefusedSnapshot(sequence, files.describe(sequence), reasonOf(e)));
            }
        }
        use = SnapshotUse.none(List.copyOf(refused));
        if (!plan.isFromFounding()) {
            throw new JournalException(withoutStart());
        }
        return ChainStart.founding();
    }

    private static String reasonOf(final Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private String withoutStart() {
        final StringBuilder message = new StringBuilder("no snapshot can be used, and the records before ")
                .append(plan.firstSequence())
                .append(" are archived, so nothing can be built from what is here");
        for (final RefusedSnapshot each : refused) {
            message.append("; ").append(each.describe());
        }
        return message.append(
                        "; restore the archived segments, or a good snapshot, into the journal and run journal verify")
                .toString();
    }

    /** Where the state was begun; set by {@link #select}. */
    SnapshotUse use() {
        return use;
    }

    private ChainStart load(final SnapshotFiles files, final long sequence) throws IOException {
        try (SeekableByteChannel channel = files.open(sequence);
                SnapshotInput input = new SnapshotInput(channel)) {
            final SnapshotHead head = input.head();
            checkBuild(head);
            final ChainAnchor anchor = anchorOf(head);
            checkOwner(anchor);
            if (head.lastSequence() != sequence) {
                throw new IOException("it holds the records up to " + head.lastSequence() + " under another name");
            }
            checkEnd(anchor.seal());
            final BatchIndex index = BatchIndex.decode(input.index());
            if (index == null) {
                throw new IOException("its index of batches is none");
            }
            final int behindArchived = plan.indexBehindArchived(anchor.seal());
            final SealSearch.Found found = behindArchived < 0 ? SnapshotPlace.find(store, plan, anchor.seal()) : null;
            if (!plan.agreesWith(index, anchor.seal().lastSequence())) {
                // After a failed force batches are copied, and an older index points to where they are doubted.
                throw new IOException(
                        "its index of batches names other segments than those in which the records stand now");
            }
            read(input, anchor);
            return found == null
                    ? ChainStart.after(anchor, index, behindArchived, 0)
                    : ChainStart.after(anchor, index, found.index(), found.end());
        }
    }

    private void checkBuild(final SnapshotHead head) throws IOException {
        if (head.stateFormat() != state.stateFormat()) {
            throw new IOException(
                    "its state has format " + head.stateFormat() + " and this build reads " + state.stateFormat());
        }
        if (head.rulesVersion() != state.rulesVersion()) {
            throw new IOException("its state was computed by rules version " + head.rulesVersion()
                    + " and this build has " + state.rulesVersion());
        }
    }

    /** The anchor of a snapshot, proven in itself, and the head that repeats it. */
    private ChainAnchor anchorOf(final SnapshotHead head) throws IOException {
        final ChainAnchor anchor = SnapshotPlace.anchorOf(head);
        final String fault = anchor.fault(signatures);
        if (fault != null) {
            throw new IOException(fault);
        }
        return anchor;
    }

    private void checkOwner(final ChainAnchor anchor) throws IOException {
        if (!Arrays.equals(anchor.genesis().encode(), genesis.encode())) {
            throw new IOException("it is foreign: it belongs to the journal that gateway '"
                    + anchor.genesis().gatewayId() + "' founded with other parameters or another key; this is that of '"
                    + genesis.gatewayId() + "'");
        }
    }

    private void checkEnd(final Seal seal) throws IOException {
        if (!end.covers(seal)) {
            throw new IOException(seal + " lies beyond what is asked for");
        }
        if (forceFailed != null && seal.sealNumber() > forceFailed.sealNumber()) {
            throw new IOException(seal + " is newer than seal " + forceFailed.sealNumber()
                    + ", after which a force failed; what follows has to be read and copied");
        }
        // Found by seeded power cuts: a seal may reach the disk where records before it do not.
        if (!plan.isForced(seal, head)) {
            throw new IOException(seal + " is newer than the head note, and at level " + seal.durability()
                    + " what stands before it need not have reached the disk");
        }
    }

    private void read(final SnapshotInput input, final ChainAnchor anchor) throws IOException {
        final Seal seal = anchor.seal();
        state.readState(anchor.genesis(), seal, input);
        final long left = input.finish();
        if (left > 0) {
            throw new IOException("the state was complete " + left + " bytes before the snapshot's end");
        }
        if (state.stateHashHigh() != seal.stateHashHigh() || state.stateHashLow() != seal.stateHashLow()) {
            throw new IOException(String.format(
                    "the state hash computed from its rows is %016x%016x, and %s states %016x%016x",
                    state.stateHashHigh(), state.stateHashLow(), seal, seal.stateHashHigh(), seal.stateHashLow()));
        }
    }
}
