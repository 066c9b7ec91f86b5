package io.settlegate.journal.store;

/** A store could not read or write. Says where, why, and what to do; for a writer it is fatal. */
public class StoreException extends RuntimeException {
    public StoreException(final String message) {
        super(message);
    }

    public StoreException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
