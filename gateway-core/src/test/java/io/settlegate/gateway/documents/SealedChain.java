package io.settlegate.gateway.documents;

import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.MerkleTree;
import io.settlegate.protocol.receipt.MountainRange;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.Seal;
import io.settlegate.protocol.receipt.SealBody;
import io.settlegate.protocol.receipt.proof.ConsistencyProof;
import io.settlegate.protocol.receipt.proof.Head;
import io.settlegate.protocol.receipt.proof.RangeProver;
import io.settlegate.protocol.receipt.proof.RecordProof;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Twelve seals over batches of one to three invented records, the same in each run, and proofs of them. */
final class SealedChain {
    private static final int SEALS = 12;
    private static final int LYING_SEAL = 5;
    private static final long TIME_MS = 1_763_604_300_000L;

    private final String gatewayId;
    private final Sm2PrivateKey key;
    private final String label;
    private final Sm2Signer signer;
    private final MountainRange range = new MountainRange();
    private final List<Seal> seals = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<byte[]> outcomes = new ArrayList<>();

    /** @param changedSequence of a record that is another one here; -1 for none. */
    SealedChain(final String gatewayId, final Sm2PrivateKey key, final String label, final int changedSequence) {
        this(gatewayId, key, label, changedSequence, -1);
    }

    private SealedChain(
            final String gatewayId,
            final Sm2PrivateKey key,
            final String label,
            final int changedSequence,
            final int lyingSeal) {
        this.gatewayId = gatewayId;
        this.key = key;
        this.label = label;
        this.signer = new Sm2Signer(key, new FixedRandom("settlegate proof vectors, nonces of " + label));
        for (int number = 0; number < SEALS; number++) {
            seal(number, 1 + number % 3, changedSequence, number == lyingSeal);
        }
    }

    /** One of whose seals signs a tree head that is not that of the seals before it. */
    SealedChain lying() {
        return new SealedChain(gatewayId, key, label, -1, LYING_SEAL);
    }

    private void seal(final int number, final int count, final int changedSequence, final boolean isLie) {
        final int first = outcomes.size();
        final byte[] leaves = new byte[count * Sm3.LENGTH];
        for (int i = 0; i < count; i++) {
            final int sequence = first + i;
            final String name = sequence == changedSequence ? "changed outcome" : "outcome";
            outcomes.add((name + " " + sequence).getBytes(StandardCharsets.US_ASCII));
            final byte[] parts = new byte[3 * Sm3.LENGTH];
            System.arraycopy(commandHash(sequence), 0, parts, 0, Sm3.LENGTH);
            System.arraycopy(Sm3.hash(outcomes.get(sequence)), 0, parts, Sm3.LENGTH, Sm3.LENGTH);
            System.arraycopy(internalHash(sequence), 0, parts, 2 * Sm3.LENGTH, Sm3.LENGTH);
            new LeafHasher()
                    .leaf(sequence, TIME_MS + sequence, parts, 0, Sm3.LENGTH, 2 * Sm3.LENGTH, leaves, i * Sm3.LENGTH);
        }
        final MerkleTree tree = new MerkleTree().build(leaves, 0, count);
        final Seal seal = new SealBody(
                        DurabilityLevel.BATCH,
                        1,
                        gatewayId,
                        number,
                        first,
                        (long) first + count - 1,
                        TIME_MS + first + count - 1,
                        tree.root(),
                        number == 0
                                ? new byte[Sm3.LENGTH]
                                : seals.get(number - 1).hash(),
                        isLie ? Sm3.hash(new byte[1]) : range.root(),
                        number,
                        number)
                .sign(signer);
        range.append(seal.hash(), 0);
        seals.add(seal);
        for (int i = 0; i < count; i++) {
            final byte[] path = new byte[tree.pathLength(i) * Sm3.LENGTH];
            tree.path(i, path, 0);
            final int sequence = first + i;
            receipts.add(new Receipt(
                    sequence, TIME_MS + sequence, commandHash(sequence), internalHash(sequence), i, path, seal));
        }
    }

    private static byte[] commandHash(final int sequence) {
        return Sm3.hash(("request " + sequence).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] internalHash(final int sequence) {
        return Sm3.hash(("internal " + sequence).getBytes(StandardCharsets.US_ASCII));
    }

    Head head(final int number) {
        return new Head(seals.get(number));
    }

    int sealOf(final int sequence) {
        return (int) receipts.get(sequence).seal().sealNumber();
    }

    byte[] outcome(final int sequence) {
        final byte[] outcome = outcomes.get(sequence);
        return Arrays.copyOf(outcome, outcome.length);
    }

    RecordProof prove(final int sequence, final int head) {
        final int number = sealOf(sequence);
        final byte[] path = number == head ? new byte[0] : path(RangeProver.ofInclusion(number, head));
        return new RecordProof(receipts.get(sequence), Sm3.hash(outcomes.get(sequence)), path, head(head));
    }

    ConsistencyProof consistency(final int old, final int head) {
        final byte[] sealPath = old == head ? new byte[0] : path(RangeProver.ofInclusion(old, head));
        return new ConsistencyProof(head(old), head(head), sealPath, path(RangeProver.ofConsistency(old, head)));
    }

    private byte[] path(final RangeProver prover) {
        seals.forEach(seal -> prover.accept(seal.hash(), 0));
        return prover.path();
    }
}
