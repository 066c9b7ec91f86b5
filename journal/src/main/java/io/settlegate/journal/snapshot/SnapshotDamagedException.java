package io.settlegate.journal.snapshot;

import java.io.IOException;

/** A snapshot's bytes are not those that were written. Says which block, at which byte, and what is wrong there. */
public final class SnapshotDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A negative block is none. */
    SnapshotDamagedException(final long block, final long position, final String reason) {
        super((block < 0 ? "" : "block " + block + " at ") + "byte " + position + ": " + reason);
    }
}
