package io.settlegate.journal;

import io.settlegate.journal.store.Store;

/** A record stands in a segment that was archived and taken out of the journal. It is not lost: the segment can be put back. */
public final class RecordArchivedException extends JournalException {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    private RecordArchivedException(final String message, final long sequence) {
        super(message);
        this.sequence = sequence;
    }

    /** Looks up in which segment the record stands. */
    static RecordArchivedException of(final Store store, final long sequence) {
        final SegmentManifest manifest = find(store, sequence);
        final String where = manifest == null
                ? "a segment before " + store.segments().get(0)
                : "segment " + manifest.segment() + " (records " + manifest.firstSequence() + " to "
                        + manifest.lastSequence() + ")";
        return new RecordArchivedException(
                "record " + sequence + " is archived in " + where
                        + "; put that segment and those between it and the journal back with `journal restore-archived`",
                sequence);
    }

    private static SegmentManifest find(final Store store, final long sequence) {
        final ArchivedNote note = ArchivedNote.decode(store.readNote(ArchivedNote.NAME));
        for (int segment = note == null ? -1 : note.firstSegment() - 1; segment >= 0; segment--) {
            final byte[] bytes = store.readNote(ArchivedCut.noteOf(segment));
            final SegmentManifest manifest = bytes == null ? null : SegmentManifest.decode(bytes);
            if (manifest != null && sequence >= manifest.firstSequence() && sequence <= manifest.lastSequence()) {
                return manifest;
            }
        }
        return null;
    }

    /** The record that was asked for. */
    public long sequence() {
        return sequence;
    }
}
