package io.settlegate.protocol.receipt.proof;

/**
 * What {@link ProofVerifier} found: all good, or the first step that failed and why.
 *
 * <p>A value, safe for all threads.
 *
 * @param step that failed, or {@link Step#VALID}.
 * @param detail a sentence for a person.
 */
public record ProofVerdict(Step step, String detail) {

    /** The steps, in the order in which they are taken. */
    public enum Step {
        /** Nothing failed. */
        VALID,
        /** The text is no proof, or a readable line is not what the signed bytes say. */
        PROOF_FORM,
        /** The old head is not signed with the gateway's key. */
        OLD_HEAD_SIGNATURE,
        /** The head is not signed with the gateway's key. */
        HEAD_SIGNATURE,
        /** The proof speaks of other heads than the one that was given. */
        KEPT_HEAD,
        /** The outcome is not the one that the proof names. */
        OUTCOME,
        /** The receipt does not hold; the detail names its step. */
        RECEIPT,
        /** The seals are of different gateways. */
        GATEWAY_ID,
        /** The record is newer than the head, or the old head newer than the new one. */
        ORDER,
        /** Two signed seals have one number: the gateway signed two histories. */
        FORK,
        /** The path does not lead from the seal to the tree head of the later head. */
        SEAL_PATH,
        /** What stands before the old head is not shown to stand under the new one. */
        RANGE_PATH
    }

    static ProofVerdict failed(final Step step, final String detail) {
        return new ProofVerdict(step, detail);
    }

    static ProofVerdict valid(final String detail) {
        return new ProofVerdict(Step.VALID, detail);
    }

    public boolean isValid() {
        return step == Step.VALID;
    }
}
