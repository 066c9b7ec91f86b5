package io.settlegate.benchmarks;

import io.settlegate.journal.JournalScan;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.crypto.Sm3Batch;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.MerkleTree;
import io.settlegate.protocol.receipt.Seal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hashes and signatures that a verification cannot do without, over messages of the journal's lengths: what is left of it when
 * reading, comparing, and the order of things cost nothing.
 *
 * <p>One thread.
 */
final class VerificationWork implements ReplayListener {
    /** Messages that are hashed together. */
    private static final int GROUP = 48;

    private final byte[] message = new byte[1 << 20];
    private final List<Seal> seals = new ArrayList<>();
    private final Sm3Batch parts = Sm3Batch.inLanes(GROUP);
    private final Sm3Batch leaves = Sm3Batch.inLanes(GROUP);
    private final MerkleTree tree = MerkleTree.inLanes();
    private final BouncyCastleVerifier verifier = new BouncyCastleVerifier();
    private final byte[] digests = new byte[GROUP * Sm3.LENGTH];
    private Sm2PublicKey key;

    /** Lengths of the parts, three for each record. */
    private int[] lengths = new int[1 << 16];

    private int lengthCount;

    private VerificationWork() {}

    static VerificationWork of(final Path path) {
        final VerificationWork work = new VerificationWork();
        try (Store store = ChronicleStore.in(path)) {
            work.key = JournalScan.read(store, work).genesis().gatewayKey();
        }
        return work;
    }

    @Override
    public void onRecord(final RecordView record) {
        if (lengthCount + 3 > lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * lengths.length);
        }
        lengths[lengthCount] = record.commandLength();
        lengths[lengthCount + 1] = record.outcomeLength();
        lengths[lengthCount + 2] = record.internalLength();
        lengthCount += 3;
    }

    @Override
    public void onSeal(final Seal seal) {
        seals.add(seal);
    }

    @Override
    public long stateHashHigh() {
        return 0;
    }

    @Override
    public long stateHashLow() {
        return 0;
    }

    void run() {
        int next = 0;
        for (final Seal seal : seals) {
            final int end = next + 3 * seal.count();
            while (next < end) {
                final int count = Math.min(GROUP, end - next);
                hash(next, count);
                next += count;
            }
            tree.build(message, 0, seal.count());
            if (!seal.isSignedBy(key, verifier)) {
                throw new IllegalStateException(seal + " is not signed by the gateway's key");
            }
        }
    }

    private void hash(final int first, final int count) {
        for (int i = first; i < first + count; i++) {
            parts.update(message, 0, lengths[i]).end();
        }
        parts.digest(digests, 0);
        for (int i = 0; i < count; i += 3) {
            final int at = i * Sm3.LENGTH;
            LeafHasher.addLeaf(leaves, i, i, digests, at, at + Sm3.LENGTH, at + 2 * Sm3.LENGTH);
        }
        leaves.digest(digests, 0);
    }
}
