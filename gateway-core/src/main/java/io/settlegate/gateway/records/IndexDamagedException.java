package io.settlegate.gateway.records;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the index does not hold what was written. Its part of the index is made anew from the journal. */
public final class IndexDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;

    IndexDamagedException(final Path file, final String reason) {
        super(file + ": " + reason);
        this.file = file;
    }

    Path file() {
        return file;
    }
}
