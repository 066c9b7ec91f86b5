package io.settlegate.journal;

/** The journal cannot go on. Fatal for the process that writes it; the message says what to do. */
public class JournalException extends RuntimeException {
    public JournalException(final String message) {
        super(message);
    }

    public JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
