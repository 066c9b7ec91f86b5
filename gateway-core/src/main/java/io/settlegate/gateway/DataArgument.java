package io.settlegate.gateway;

import io.settlegate.journal.ArchivedSeals;
import io.settlegate.journal.JournalProver;
import io.settlegate.journal.store.SealHashFile;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The data directory of commands that read a journal and change nothing. Mixed in; filled by the command line. */
final class DataArgument {
    @Parameters(index = "0", paramLabel = "DIR", description = "data directory")
    private Path directory;

    /** The journal's store, which the caller closes. @throws IOException if there is none. */
    Store openStore() throws IOException {
        return directory().existingStore();
    }

    DataDirectory directory() {
        return new DataDirectory(directory);
    }

    /** What makes heads and proofs; of segments that were archived and removed the hashes of their seals are kept. */
    JournalProver prover(final Store store) {
        return new JournalProver(store, ArchivedSeals.of(store, archivedSeals()));
    }

    /** The file of these hashes, which need not be there if nothing was archived. */
    SealHashFile archivedSeals() {
        return new SealHashFile(directory().journal());
    }
}
