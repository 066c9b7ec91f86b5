package io.settlegate.protocol.receipt;

/**
 * What {@link ReceiptVerifier} found: all good, or the first step that failed and why.
 *
 * <p>A value, safe for all threads.
 *
 * @param step that failed, or {@link Step#VALID}.
 * @param detail a sentence for a person.
 */
public record ReceiptVerdict(Step step, String detail) {

    /** The steps, in the order in which they are taken. */
    public enum Step {
        /** Nothing failed. */
        VALID,
        /** The bytes are no receipt. */
        RECEIPT_FORM,
        /** The seal is not signed with the gateway's key. */
        SEAL_SIGNATURE,
        /** The seal is another gateway's. */
        GATEWAY_ID,
        /** The place in the journal does not fit the seal, or the outcome names another. */
        SEQUENCE,
        /** The time does not fit the seal, or the outcome names another. */
        TIME,
        /** The request is not the one that was answered. */
        REQUEST,
        /** Outcome and path do not lead to the seal's root: another outcome, or a forged path. */
        OUTCOME_OR_PATH
    }

    static ReceiptVerdict failed(final Step step, final String detail) {
        return new ReceiptVerdict(step, detail);
    }

    public boolean isValid() {
        return step == Step.VALID;
    }
}
