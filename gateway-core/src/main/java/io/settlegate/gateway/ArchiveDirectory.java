package io.settlegate.gateway;

import io.settlegate.journal.archive.JournalArchive;
import io.settlegate.journal.store.Store;
import java.nio.file.Path;

/** Where the archives of a journal lie: where the command says, or in {@code archive} below the data directory. */
final class ArchiveDirectory {
    private ArchiveDirectory() {}

    /** @param given by the command; may be null. */
    static Path of(final DataDirectory data, final Path given) {
        return given == null ? data.root().resolve("archive") : given;
    }

    static JournalArchive open(final DataDirectory data, final Store store, final Path given) {
        return new JournalArchive(data.journal(), store, of(data, given));
    }
}
