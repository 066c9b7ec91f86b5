package io.settlegate.protocol.receipt.proof;

import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import io.settlegate.protocol.receipt.Seal;
import io.settlegate.protocol.receipt.proof.ProofVerdict.Step;
import java.util.Arrays;
import java.util.List;

/**
 * Checks proofs offline, with the gateway's public key and the heads that one keeps.
 *
 * <p>What a valid record proof says: the journal that the head speaks for holds this outcome at this place. What a valid
 * consistency proof says: the later journal holds all of the earlier one, unchanged.
 *
 * <p>One thread at a time. Never blocks, and never throws, whatever the text is.
 */
public final class ProofVerifier {
    private final Sm2PublicKey gatewayKey;
    private final SignatureVerifier signatures;

    public ProofVerifier(final Sm2PublicKey gatewayKey, final SignatureVerifier signatures) {
        this.gatewayKey = gatewayKey;
        this.signatures = signatures;
    }

    /** Checks a proof of either kind by its text. {@code keptHeads} are heads that the proof has to speak of. */
    public ProofVerdict verify(final String text, final List<Head> keptHeads) {
        return verify(text, keptHeads, null, null);
    }

    /** As above. Outcome and request are those of a record proof, or null; a consistency proof has none. */
    public ProofVerdict verify(
            final String text, final List<Head> keptHeads, final byte[] outcome, final byte[] request) {
        try {
            if (ConsistencyProof.isConsistencyProof(text)) {
                return verify(ConsistencyProof.read(text), keptHeads);
            }
            if (RecordProof.isRecordProof(text)) {
                return verify(RecordProof.read(text), keptHeads, outcome, request);
            }
        } catch (final IllegalArgumentException e) {
            return ProofVerdict.failed(Step.PROOF_FORM, e.getMessage());
        }
        return ProofVerdict.failed(Step.PROOF_FORM, "line 1 says neither record-proof nor consistency-proof");
    }

    /** Checks a record's proof. Outcome and request may be null: their hashes are then believed as the proof states them. */
    public ProofVerdict verify(
            final RecordProof proof, final List<Head> keptHeads, final byte[] outcome, final byte[] request) {
        final Seal head = proof.head().seal();
        if (!head.isSignedBy(gatewayKey, signatures)) {
            return ProofVerdict.failed(Step.HEAD_SIGNATURE, "the head is not signed with this gateway's key");
        }
        for (final Head kept : keptHeads) {
            if (!kept.equals(proof.head())) {
                return notOf(kept, "under seal " + head.sealNumber());
            }
        }
        if (outcome != null && !Arrays.equals(Sm3.hash(outcome), proof.outcomeHash())) {
            return ProofVerdict.failed(Step.OUTCOME, "the proof is of another outcome than the one given");
        }
        final ReceiptVerifier receipts = new ReceiptVerifier(gatewayKey, signatures);
        final byte[] receipt = proof.receipt().toBytes();
        final ReceiptVerdict verdict = outcome == null
                ? receipts.verifyByHash(receipt, proof.outcomeHash(), request)
                : receipts.verify(receipt, outcome, request);
        if (!verdict.isValid()) {
            return ProofVerdict.failed(Step.RECEIPT, verdict.step() + ": " + verdict.detail());
        }
        final Seal seal = proof.receipt().seal();
        final ProofVerdict order = orderFault(seal, head, "the record's seal");
        if (order != null) {
            return order;
        }
        if (seal.sealNumber() == head.sealNumber() && proof.path().length > 0) {
            return ProofVerdict.failed(Step.SEAL_PATH, "a record under the head's own seal has no path");
        }
        if (seal.sealNumber() < head.sealNumber() && !isIncluded(seal, head, proof.path())) {
            return ProofVerdict.failed(
                    Step.SEAL_PATH, "seal " + seal.sealNumber() + " and its path do not lead to the head's tree head");
        }
        return ProofVerdict.valid("record " + proof.receipt().sequence() + " stands under seal " + seal.sealNumber()
                + " in the journal of " + head.gatewayId() + " up to seal " + head.sealNumber()
                + (outcome == null ? "; its outcome is the one whose SM3 the proof names" : " with this outcome"));
    }

    /** Checks that one journal has both heads. */
    public ProofVerdict verify(final ConsistencyProof proof, final List<Head> keptHeads) {
        final Seal old = proof.oldHead().seal();
        final Seal head = proof.head().seal();
        if (!old.isSignedBy(gatewayKey, signatures)) {
            return ProofVerdict.failed(Step.OLD_HEAD_SIGNATURE, "the old head is not signed with this gateway's key");
        }
        if (!head.isSignedBy(gatewayKey, signatures)) {
            return ProofVerdict.failed(Step.HEAD_SIGNATURE, "the new head is not signed with this gateway's key");
        }
        for (final Head kept : keptHeads) {
            if (!kept.equals(proof.oldHead()) && !kept.equals(proof.head())) {
                return notOf(kept, "between seals " + old.sealNumber() + " and " + head.sealNumber());
            }
        }
        final ProofVerdict order = orderFault(old, head, "the old head");
        if (order != null) {
            return order;
        }
        final boolean isSame = old.sealNumber() == head.sealNumber();
        if (isSame ? proof.sealPath().length > 0 : !isIncluded(old, head, proof.sealPath())) {
            return ProofVerdict.failed(
                    Step.SEAL_PATH, "the old seal and its path do not lead to the tree head of the new one");
        }
        if (!RangeProofs.isConsistent(
                old.sealNumber(),
                old.mountainRangeRoot(),
                head.sealNumber(),
                head.mountainRangeRoot(),
                proof.rangePath())) {
            return ProofVerdict.failed(
                    Step.RANGE_PATH, "it is not shown that what stands before the old head stands under the new one");
        }
        return ProofVerdict.valid("the journal of " + head.gatewayId() + " up to seal " + head.sealNumber()
                + " holds all that it held up to seal " + old.sealNumber() + ", unchanged");
    }

    private static boolean isIncluded(final Seal seal, final Seal head, final byte[] path) {
        return RangeProofs.isIncluded(
                seal.hash(), seal.sealNumber(), head.sealNumber(), path, head.mountainRangeRoot());
    }

    private static ProofVerdict notOf(final Head kept, final String what) {
        return ProofVerdict.failed(
                Step.KEPT_HEAD,
                "the proof is " + what + " and does not speak of the head given, seal " + kept.number() + " of "
                        + kept.seal().gatewayId());
    }

    /** What must hold of two seals of one journal, before any path is looked at; null if it does. */
    private static ProofVerdict orderFault(final Seal earlier, final Seal later, final String name) {
        if (!earlier.gatewayId().equals(later.gatewayId())) {
            return ProofVerdict.failed(
                    Step.GATEWAY_ID, name + " is of " + earlier.gatewayId() + ", the head of " + later.gatewayId());
        }
        if (earlier.sealNumber() > later.sealNumber()) {
            return ProofVerdict.failed(
                    Step.ORDER,
                    name + " is seal " + earlier.sealNumber() + ", newer than the head, seal " + later.sealNumber());
        }
        if (earlier.sealNumber() == later.sealNumber()) {
            return earlier.equals(later)
                    ? null
                    : ProofVerdict.failed(
                            Step.FORK,
                            "two signed seals have number " + earlier.sealNumber()
                                    + ": the gateway signed two histories; keep both, they are evidence");
        }
        if (earlier.lastSequence() >= later.firstSequence() || earlier.timeMs() > later.timeMs()) {
            return ProofVerdict.failed(Step.ORDER, name + " has a lower number and later records than the head");
        }
        return null;
    }
}
