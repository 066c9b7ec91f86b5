package io.settlegate.journal;

/** A record is asked for whose segment was archived. Nothing is damaged; it can be read where the archive was restored. */
public final class RecordArchivedException extends JournalException {
    private static final long serialVersionUID = 1L;

    RecordArchivedException(final long sequence) {
        super("record " + sequence + " is archived: its segment is not among those that were kept; restore the archived"
                + " segments to read it");
    }
}
