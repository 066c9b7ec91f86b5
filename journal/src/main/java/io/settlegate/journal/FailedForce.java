package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import java.io.IOException;

/** What is left behind when the disk refuses to force: a note of the last seal that it surely holds. */
final class FailedForce {
    private FailedForce() {}

    /** Leaves the note, as well as it can be done, and answers the exception to be thrown. The mark may be null. */
    static ForceFailedException noted(
            final Store store, final int segment, final DurableMark mark, final IOException cause) {
        String left = "no batch was ever durable";
        if (mark != null) {
            left = "the last durable seal is " + mark.seal().sealNumber() + " over record " + mark.lastSequence();
            final HeadNote note = HeadNote.of(HeadNote.Occasion.FORCE_FAILED, segment, mark.seal());
            try {
                if (store.readNote(HeadNote.FORCE_FAILED) == null) {
                    store.writeNote(HeadNote.FORCE_FAILED, note.encode());
                }
            } catch (final IOException | RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
        return new ForceFailedException(
                "the disk refused to force " + store.describe(segment) + ": " + cause + "; " + left
                        + "; the process must end; check the disk before the next start",
                cause);
    }
}
