package io.settlegate.gateway;

import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data directory of reports, which read a journal and change nothing. Mixed in; filled by the command line. */
final class JournalOption {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "data directory; its gateway may be running")
    private Path directory;

    /** The journal's store, which the caller closes. @throws IOException if there is none. */
    Store openStore() throws IOException {
        return directory().existingStore();
    }

    DataDirectory directory() {
        return new DataDirectory(directory);
    }
}
