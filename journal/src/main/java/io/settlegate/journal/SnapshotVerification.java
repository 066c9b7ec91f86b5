package io.settlegate.journal;

import io.settlegate.journal.snapshot.SnapshotInput;
import io.settlegate.journal.store.SnapshotFiles;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks every snapshot of a journal: all checksums, the founding record, both seals' signatures, the peaks, the index, and
 * that its seal stands in the journal. The state's bytes are opaque here: that they are the state which the records make is
 * checked whenever one is begun from them.
 *
 * <p>One thread; blocks on the disk; changes nothing.
 */
final class SnapshotVerification {
    private final Store store;
    private final SegmentPlan plan;
    private final BouncyCastleVerifier signatures = new BouncyCastleVerifier();

    private SnapshotVerification(final Store store, final SegmentPlan plan) {
        this.store = store;
        this.plan = plan;
    }

    /**
     * Checks snapshots, in the order in which they are named.
     *
     * @param sequences of those that were there before the plan was made, so that their seals stand in it.
     */
    static List<SnapshotCheck> check(final Store store, final SegmentPlan plan, final List<Long> sequences) {
        final SnapshotVerification verification = new SnapshotVerification(store, plan);
        final SnapshotFiles files = store.snapshots();
        final List<SnapshotCheck> checks = new ArrayList<>();
        for (final long sequence : sequences) {
            final SnapshotCheck check = verification.check(files, sequence);
            // One may be deleted while it is looked at.
            if (check.finding() != SnapshotCheck.Finding.BAD
                    || files.sequences().contains(sequence)) {
                checks.add(check);
            }
        }
        return checks;
    }

    private SnapshotCheck check(final SnapshotFiles files, final long sequence) {
        final String place = files.describe(sequence);
        try (SeekableByteChannel channel = files.open(sequence);
                SnapshotInput input = new SnapshotInput(channel)) {
            final ChainAnchor anchor = SnapshotPlace.anchorOf(input.head());
            checkAnchor(anchor, sequence);
            if (BatchIndex.decode(input.index()) == null) {
                throw new IOException("its index of batches is none");
            }
            input.finish();
            if (plan.indexOfSeal(anchor.seal().sealNumber()) < 0 && !isLastArchived(anchor)) {
                return new SnapshotCheck(
                        sequence,
                        place,
                        SnapshotCheck.Finding.ARCHIVED,
                        anchor.seal() + " stands in a segment that is archived");
            }
            if (!isLastArchived(anchor)) {
                SnapshotPlace.find(store, plan, anchor.seal());
            }
            return new SnapshotCheck(sequence, place, SnapshotCheck.Finding.GOOD, "");
        } catch (final IOException | StoreException e) {
            return new SnapshotCheck(sequence, place, SnapshotCheck.Finding.BAD, String.valueOf(e.getMessage()));
        }
    }

    private void checkAnchor(final ChainAnchor anchor, final long sequence) throws IOException {
        final String fault = anchor.fault(signatures);
        if (fault != null) {
            throw new IOException(fault);
        }
        if (anchor.seal().lastSequence() != sequence) {
            throw new IOException("it holds the records up to " + anchor.seal().lastSequence() + " under another name");
        }
        final Genesis genesis = plan.genesis(store);
        if (genesis != null && !Arrays.equals(genesis.encode(), anchor.genesis().encode())) {
            throw new IOException("it is foreign: it belongs to the journal that gateway '"
                    + anchor.genesis().gatewayId() + "' founded");
        }
    }

    private boolean isLastArchived(final ChainAnchor anchor) {
        return plan.archived() != null && plan.archived().anchor().seal().equals(anchor.seal());
    }
}
