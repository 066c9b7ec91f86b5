package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLock;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;

/** The first record of a journal: written once, read by everyone. Any one thread; blocks on the disk. */
final class Founding {
    private Founding() {}

    static void found(
            final Store store,
            final Genesis genesis,
            final GatewayIdentity identity,
            final long stateHashHigh,
            final long stateHashLow) {
        if (!genesis.gatewayId().equals(identity.gatewayId())
                || !genesis.gatewayKey().equals(identity.signer().publicKey())) {
            throw new IllegalArgumentException("the founding record names another gateway id or key than the signer's");
        }
        final StoreLock lock = store.lock();
        try {
            if (!store.segments().isEmpty()) {
                throw new JournalException("there is a journal here already (segments " + store.segments() + ")");
            }
            if (store.readNote(HeadNote.HEAD) != null) {
                throw new JournalException("there was a journal here: its head note is, and its segments are not;"
                        + " put them back, or found in an empty directory");
            }
            final SegmentWriter writer = store.createSegment(0);
            try (Journal journal = new Journal(
                    store,
                    () -> {},
                    writer,
                    0,
                    identity,
                    DurabilityLevel.BATCH,
                    genesis,
                    new SealChain(),
                    new BatchIndex())) {
                journal.appendOwn(RecordKind.GENESIS, 0, genesis.timeMs(), genesis.rulesVersion(), genesis.encode());
                journal.commit(stateHashHigh, stateHashLow);
                store.forceSegment(0);
            }
        } catch (final IOException e) {
            throw new ForceFailedException(
                    "the disk refused the founding: " + e + "; remove the directory, check the disk, and found again",
                    e);
        } finally {
            lock.close();
        }
    }

    static Genesis genesisOf(final Store store) {
        if (store.segments().isEmpty()) {
            throw new JournalException("there is no journal here");
        }
        final int first = store.segments().get(0);
        final ArchivedNote archived = first == 0 ? null : ArchivedNote.decode(store.readNote(ArchivedNote.NAME));
        if (archived != null) {
            return genesisOf(archived.anchor());
        }
        final RecordFlyweight record = new RecordFlyweight();
        try (SegmentReader reader = new SegmentReader(store, first)) {
            final String fault = reader.next() ? record.wrap(reader.record()) : "nothing to read";
            if (fault != null) {
                throw new JournalException("the founding record in " + store.describe(first) + " cannot be read ("
                        + fault + "); restore the journal from a copy");
            }
            final Genesis genesis = record.kind() == RecordKind.GENESIS ? Genesis.decode(record.command()) : null;
            if (genesis == null) {
                throw new JournalException("the first record in " + store.describe(first)
                        + " is no founding record; restore the journal from a copy");
            }
            return genesis;
        }
    }

    /** The founding record's segment is archived, and the note of it has the record with what proves it. */
    private static Genesis genesisOf(final ChainAnchor anchor) {
        final String fault = anchor.fault(new BouncyCastleVerifier());
        if (fault != null) {
            throw new JournalException("the note of what was archived holds no founding record that can be believed: "
                    + fault + "; restore the note, or the archived segments, from a copy");
        }
        return anchor.genesis();
    }
}
