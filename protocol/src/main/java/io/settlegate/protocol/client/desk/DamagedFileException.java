package io.settlegate.protocol.client.desk;

import java.io.IOException;
import java.nio.file.Path;

/** A desk's file has a damaged place that no torn append explains. What stands behind it may be settlements of unknown outcome. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedFileException(final Path file, final int lineNumber, final long offset, final String what) {
        super(file + ", line " + lineNumber + " at byte " + offset + ": " + what
                + ". Requests in this file may have been settled. Keep a copy; ask by msgid (101, or 5203) for each msgid that its"
                + " readable lines name and that has no END, reverse what is not wanted, then move the file away");
    }
}
