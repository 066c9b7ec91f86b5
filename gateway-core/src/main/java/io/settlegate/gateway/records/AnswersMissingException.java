package io.settlegate.gateway.records;

/**
 * What is asked for may stand in a part of the journal that was archived and removed before it was indexed, so that nobody can say
 * whether there is such a record.
 */
public final class AnswersMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    public AnswersMissingException() {
        super(
                "older records were archived and removed before they were indexed, and one of them may be what is asked for; put"
                        + " them back with `journal restore-archived` and index them with `journal index`");
    }
}
