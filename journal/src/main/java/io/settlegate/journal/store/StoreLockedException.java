package io.settlegate.journal.store;

/** Another writer holds the journal. */
public final class StoreLockedException extends StoreException {
    public StoreLockedException(final String message) {
        super(message);
    }
}
