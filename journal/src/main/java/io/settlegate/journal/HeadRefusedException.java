package io.settlegate.journal;

/** A head is not of the journal that shall prove something under it. The message says where they part. */
public final class HeadRefusedException extends JournalException {
    private static final long serialVersionUID = 1;

    public HeadRefusedException(final String message) {
        super(message);
    }
}
