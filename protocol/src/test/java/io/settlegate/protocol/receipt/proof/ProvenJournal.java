package io.settlegate.protocol.receipt.proof;

import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.MountainRange;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.Seal;
import io.settlegate.protocol.receipt.SealBody;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A chain of real seals, one record each, from which proofs are made. */
final class ProvenJournal {
    private static final long TIME_MS = 1_763_604_300_000L;

    private final String gatewayId;
    private final Sm2PrivateKey key;
    private final MountainRange range = new MountainRange();
    private final List<Seal> seals = new ArrayList<>();
    private final List<byte[]> outcomes = new ArrayList<>();

    ProvenJournal(final String gatewayId, final Sm2PrivateKey key, final int seals) {
        this.gatewayId = gatewayId;
        this.key = key;
        for (int i = 0; i < seals; i++) {
            append("outcome " + i);
        }
    }

    /** Seals one record; the request is its outcome's name. */
    void append(final String outcome) {
        final byte[] bytes = outcome.getBytes(StandardCharsets.US_ASCII);
        final long sequence = seals.size();
        final byte[] parts = new byte[3 * Sm3.LENGTH];
        System.arraycopy(Sm3.hash(bytes), 0, parts, Sm3.LENGTH, Sm3.LENGTH);
        final byte[] leaf = new byte[Sm3.LENGTH];
        new LeafHasher().leaf(sequence, TIME_MS + sequence, parts, 0, Sm3.LENGTH, 2 * Sm3.LENGTH, leaf, 0);
        final Seal seal = new SealBody(
                        DurabilityLevel.BATCH,
                        1,
                        gatewayId,
                        sequence,
                        sequence,
                        sequence,
                        TIME_MS + sequence,
                        leaf,
                        sequence == 0
                                ? new byte[Sm3.LENGTH]
                                : seals.get(seals.size() - 1).hash(),
                        range.root(),
                        sequence,
                        7)
                .sign(new Sm2Signer(key, new SecureRandom()));
        range.append(seal.hash(), 0);
        seals.add(seal);
        outcomes.add(bytes);
    }

    Head head(final int number) {
        return new Head(seals.get(number));
    }

    byte[] outcome(final int sequence) {
        return outcomes.get(sequence);
    }

    Receipt receipt(final int sequence) {
        return new Receipt(
                sequence,
                TIME_MS + sequence,
                new byte[Sm3.LENGTH],
                new byte[Sm3.LENGTH],
                0,
                new byte[0],
                seals.get(sequence));
    }

    RecordProof prove(final int sequence, final int head) {
        final byte[] path = sequence == head ? new byte[0] : path(RangeProver.ofInclusion(sequence, head));
        return new RecordProof(receipt(sequence), Sm3.hash(outcomes.get(sequence)), path, head(head));
    }

    ConsistencyProof consistency(final int old, final int head) {
        final byte[] sealPath = old == head ? new byte[0] : path(RangeProver.ofInclusion(old, head));
        return new ConsistencyProof(head(old), head(head), sealPath, path(RangeProver.ofConsistency(old, head)));
    }

    private byte[] path(final RangeProver prover) {
        for (final Seal seal : seals) {
            prover.accept(seal.hash(), 0);
        }
        return prover.path();
    }
}
