package io.settlegate.journal.archive;

import io.settlegate.journal.JournalException;

/** An archive is not what it must be, or what was asked would harm the journal. The message says what to do. */
public final class ArchiveException extends JournalException {
    private static final long serialVersionUID = 1L;

    ArchiveException(final String message) {
        super(message);
    }
}
