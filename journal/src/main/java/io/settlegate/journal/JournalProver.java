package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.Seal;
import io.settlegate.protocol.receipt.proof.ConsistencyProof;
import io.settlegate.protocol.receipt.proof.Head;
import io.settlegate.protocol.receipt.proof.ProofVerdict;
import io.settlegate.protocol.receipt.proof.ProofVerifier;
import io.settlegate.protocol.receipt.proof.RangeProver;
import io.settlegate.protocol.receipt.proof.RecordProof;
import java.util.List;

/**
 * Makes heads and proofs from a journal, without the lock, also while it is written. Each proof goes once over the seals up to
 * its head and keeps none of them, and is verified before it is handed out.
 *
 * <p>One thread; blocks on the disk. A head that is not of this journal is a {@link HeadRefusedException}, damage met on the way a
 * {@link JournalDamagedException}.
 */
public final class JournalProver {
    private final Store store;
    private final EarlierSeals earlier;
    private final Genesis genesis;
    private final ProofVerifier verifier;

    public JournalProver(final Store store, final EarlierSeals earlier) {
        this.store = store;
        this.earlier = earlier;
        this.genesis = Journal.genesisOf(store);
        this.verifier = new ProofVerifier(genesis.gatewayKey(), new BouncyCastleVerifier());
    }

    public Genesis genesis() {
        return genesis;
    }

    /** The newest durable seal, its signature checked. Reads the journal's end alone. */
    public Head newest() {
        try (JournalFollower follower = JournalFollower.open(store)) {
            follower.seek(follower.lastSequence());
            if (!follower.nextBatch()) {
                throw new JournalException("there is no durable seal yet; look again when the gateway has started");
            }
            return signed(follower.seal());
        }
    }

    private Head signed(final Seal seal) {
        if (!seal.isSignedBy(genesis.gatewayKey(), new BouncyCastleVerifier())) {
            throw new JournalException(seal + " is not signed with the gateway's key; run journal verify");
        }
        return new Head(seal);
    }

    /** The head that a seal of this number is. Reads all seals before it. */
    public Head at(final long sealNumber) {
        try (SealWalk walk = SealWalk.open(store, earlier, SealWalk.Source.SEGMENTS_FIRST)) {
            while (walk.next()) {
                if (walk.number() == sealNumber) {
                    if (walk.seal() == null) {
                        throw new JournalException("seal " + sealNumber
                                + " stands in a segment that is archived and not here, and its hash alone is kept; name a head file,"
                                + " or put the segment back with `journal restore-archived`");
                    }
                    return signed(walk.seal());
                }
            }
            throw new JournalException(
                    "there is no durable seal " + sealNumber + "; the newest is seal " + walk.number());
        }
    }

    /** Proves a record under a head of this journal. */
    public RecordProof proveRecord(final long sequence, final Head head) {
        final Receipt receipt;
        final byte[] outcomeHash;
        try (JournalFollower follower = JournalFollower.open(store)) {
            final RecordView record = recordAt(follower, sequence);
            final byte[] outcome = new byte[record.outcomeLength()];
            record.buffer().getBytes(record.outcomeOffset(), outcome);
            outcomeHash = Sm3.hash(outcome);
            try (JournalReader reader = follower.newReader()) {
                receipt = Receipt.decode(reader.receipt(sequence));
            }
        }
        final long number = receipt.seal().sealNumber();
        final HeadComparison comparison = new HeadComparison(head).of(genesis);
        if (number > head.number()) {
            walk(head.number(), List.of(comparison), List.of());
            throw new HeadRefusedException("record " + sequence + " stands under seal " + number
                    + " and is newer than the head, seal " + head.number() + "; take a newer head");
        }
        if (number == head.number()) {
            walk(number, List.of(comparison), List.of());
            return checked(new RecordProof(receipt, outcomeHash, new byte[0], head));
        }
        final RangeProver path = RangeProver.ofInclusion(number, head.number());
        walk(head.number(), List.of(comparison), List.of(path));
        return checked(new RecordProof(receipt, outcomeHash, path.path(), head));
    }

    private static RecordView recordAt(final JournalFollower follower, final long sequence) {
        final long last = follower.lastSequence();
        follower.seek(sequence);
        if (sequence < 0 || sequence > last || !follower.nextBatch()) {
            throw new JournalException("there is no durable record " + sequence + "; the last is " + last);
        }
        return follower.get((int) (sequence - follower.seal().firstSequence()));
    }

    private RecordProof checked(final RecordProof proof) {
        check(verifier.verify(proof, List.of(), null, null));
        return proof;
    }

    /** Proves that this journal has both heads. */
    public ConsistencyProof proveConsistency(final Head oldHead, final Head head) {
        if (oldHead.number() > head.number()) {
            throw new HeadRefusedException("the old head is seal " + oldHead.number()
                    + " and newer than the new one, seal " + head.number() + "; name them the other way round");
        }
        final List<HeadComparison> comparisons =
                List.of(new HeadComparison(oldHead).of(genesis), new HeadComparison(head).of(genesis));
        final RangeProver rangePath = RangeProver.ofConsistency(oldHead.number(), head.number());
        if (oldHead.number() == head.number()) {
            walk(head.number(), comparisons, List.of(rangePath));
            return checked(new ConsistencyProof(oldHead, head, new byte[0], rangePath.path()));
        }
        final RangeProver sealPath = RangeProver.ofInclusion(oldHead.number(), head.number());
        walk(head.number(), comparisons, List.of(sealPath, rangePath));
        return checked(new ConsistencyProof(oldHead, head, sealPath.path(), rangePath.path()));
    }

    private ConsistencyProof checked(final ConsistencyProof proof) {
        check(verifier.verify(proof, List.of()));
        return proof;
    }

    /** A proof that would not verify is damage that was met, and is not handed out. */
    private static void check(final ProofVerdict verdict) {
        if (!verdict.isValid()) {
            throw new JournalException("the journal does not give this proof (" + verdict.step() + ": "
                    + verdict.detail() + "); run journal verify");
        }
    }

    /** Goes over the seals up to a number, tells all of them, and refuses unless each head is one of them. */
    private void walk(final long upTo, final List<HeadComparison> comparisons, final List<RangeProver> provers) {
        try (SealWalk walk = SealWalk.open(store, earlier)) {
            while (walk.next()) {
                for (final HeadComparison comparison : comparisons) {
                    comparison.accept(walk.number(), walk.hash());
                }
                for (final RangeProver prover : provers) {
                    prover.accept(walk.hash(), 0);
                }
                if (walk.number() >= upTo) {
                    break;
                }
            }
        }
        for (final HeadComparison comparison : comparisons) {
            if (comparison.finding() != HeadComparison.Finding.FITS) {
                throw new HeadRefusedException("the head is refused: " + comparison.describe());
            }
        }
    }
}
