package io.settlegate.journal;

import io.settlegate.journal.snapshot.SnapshotHead;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.util.Arrays;

/**
 * Whether what a snapshot says of its place is of one piece, and whether its seal stands in a journal.
 *
 * <p>What does not hold is an {@link IOException} with the reason.
 */
final class SnapshotPlace {
    private SnapshotPlace() {}

    /** The anchor in a head, if the head repeats it rightly. */
    static ChainAnchor anchorOf(final SnapshotHead head) throws IOException {
        final ChainAnchor anchor = ChainAnchor.decode(head.anchor());
        if (anchor == null) {
            throw new IOException("what should prove its seal is no anchor");
        }
        final Seal seal = anchor.seal();
        if (!head.gatewayId().equals(seal.gatewayId())
                || head.lastSequence() != seal.lastSequence()
                || head.sealNumber() != seal.sealNumber()
                || head.timeMs() != seal.timeMs()
                || !Arrays.equals(head.sealHash(), seal.hash())
                || head.stateHashHigh() != seal.stateHashHigh()
                || head.stateHashLow() != seal.stateHashLow()) {
            throw new IOException("its head names another place than the seal in it");
        }
        return anchor;
    }

    /** Finds the very seal in the journal. */
    static SealSearch.Found find(final Store store, final SegmentPlan plan, final Seal seal) throws IOException {
        final SealSearch.Found found = SealSearch.find(store, plan, seal.sealNumber());
        if (found.index() < 0) {
            throw new IOException(seal + " stands in a segment that is archived");
        }
        if (found.seal() == null && found.index() == plan.chain().size() - 1) {
            throw new IOException(seal + " is ahead of the journal, of which the newest seal that can be read is "
                    + (found.newest() == null ? "none in its last segment" : found.newest()));
        }
        if (found.seal() == null) {
            throw new IOException(seal + " cannot be read in segment "
                    + plan.chain().get(found.index()) + ", in which it would stand");
        }
        if (!found.seal().equals(seal)) {
            throw new IOException(seal + " does not stand in the journal, which has another seal of this number");
        }
        return found;
    }
}
