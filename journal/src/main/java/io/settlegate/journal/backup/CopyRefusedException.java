package io.settlegate.journal.backup;

import io.settlegate.journal.JournalException;

/** A copy would join what does not belong together, or overwrite what is not its own. Nothing was changed. */
public final class CopyRefusedException extends JournalException {
    private static final long serialVersionUID = 1L;

    CopyRefusedException(final String message) {
        super(message);
    }
}
