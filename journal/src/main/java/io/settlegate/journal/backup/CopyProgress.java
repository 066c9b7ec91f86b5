package io.settlegate.journal.backup;

/** Is told how a copy gets on, on the thread that copies. */
public interface CopyProgress {
    /** Wants to know nothing. */
    CopyProgress NONE = (what, doneLength) -> {};

    /**
     * @param what is being done: a step of {@link Step}.
     * @param doneLength bytes copied so far.
     */
    void at(Step what, long doneLength);

    /** What a copy does, in this order. */
    enum Step {
        COPY,
        CHECK
    }
}
