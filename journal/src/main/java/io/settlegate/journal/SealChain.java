package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.MountainRange;
import io.settlegate.protocol.receipt.Seal;
import io.settlegate.protocol.receipt.SealBody;
import java.util.Arrays;

/**
 * The chain of seals so far: what the next one has to name. Used to make seals and to check them.
 *
 * <p>One thread at a time.
 */
final class SealChain {
    private final MountainRange range = new MountainRange();
    /** The range that the last seal names. */
    private final MountainRange rangeBefore = new MountainRange();

    private Seal last;
    private boolean isRangeKnown = true;

    /** The chain up to an anchor that was checked. */
    static SealChain after(final ChainAnchor anchor) {
        final SealChain chain = new SealChain();
        chain.range.set(anchor.rangeBefore());
        chain.append(anchor.seal());
        return chain;
    }

    /** What proves the newest seal without what came before it. */
    ChainAnchor anchor(final Genesis genesis, final Seal foundingSeal) {
        return new ChainAnchor(genesis, foundingSeal, last, MountainRange.of(rangeBefore.count(), rangeBefore.peaks()));
    }

    /** The newest seal, null before the first. */
    Seal last() {
        return last;
    }

    long nextSequence() {
        return last == null ? 0 : last.lastSequence() + 1;
    }

    long nextNumber() {
        return last == null ? 0 : last.sealNumber() + 1;
    }

    private byte[] previousHash() {
        return last == null ? new byte[Sm3.LENGTH] : last.hash();
    }

    Seal sign(
            final GatewayIdentity identity,
            final DurabilityLevel level,
            final BatchLeaves leaves,
            final long timeMs,
            final long stateHashHigh,
            final long stateHashLow) {
        final long first = nextSequence();
        return new SealBody(
                        level,
                        identity.keyVersion(),
                        identity.gatewayId(),
                        nextNumber(),
                        first,
                        first + leaves.count() - 1,
                        timeMs,
                        leaves.merkleRoot(),
                        previousHash(),
                        range.root(),
                        stateHashHigh,
                        stateHashLow)
                .sign(identity.signer());
    }

    /** Compares a seal with the chain and its batch; answers the field at fault, or null. Leaves null skips the batch. */
    String faultOf(final Seal seal, final BatchLeaves leaves, final long lastTimeMs) {
        if (seal.sealNumber() != nextNumber()) {
            return "sealNumber";
        }
        if (seal.firstSequence() != nextSequence()) {
            return "firstSequence";
        }
        if (!Arrays.equals(seal.previousSealHash(), previousHash())) {
            return "previousSealHash";
        }
        if (isRangeKnown && !Arrays.equals(seal.mountainRangeRoot(), range.root())) {
            return "mountainRangeRoot";
        }
        if (last != null && !seal.gatewayId().equals(last.gatewayId())) {
            return "gatewayId";
        }
        if (leaves == null) {
            return null;
        }
        if (seal.count() != leaves.count()) {
            return "lastSequence";
        }
        if (seal.timeMs() != lastTimeMs) {
            return "timeMs";
        }
        return Arrays.equals(seal.merkleRoot(), leaves.merkleRoot()) ? null : "merkleRoot";
    }

    void append(final Seal seal) {
        rangeBefore.set(range);
        range.append(seal.hash(), 0);
        last = seal;
    }

    /** A seal before this point may be missing, so the range can no longer be compared. */
    void doubtRange() {
        isRangeKnown = false;
    }
}
