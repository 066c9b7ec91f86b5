package io.settlegate.gateway;

import io.settlegate.journal.SegmentManifest;
import io.settlegate.journal.archive.JournalArchive;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "restore-archived",
        mixinStandardHelpOptions = true,
        description = {
            "Puts archived segments back into the journal, bit for bit: for an audit, or to replay from the first record.",
            "Name all between the one that is wanted and the oldest that is there. `journal remove-archived` takes them out again.",
            "Exit code 0: done. 4: refused or failed."
        })
final class JournalRestoreArchivedCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "data directory")
    private Path data;

    @Option(
            names = "--segment",
            required = true,
            paramLabel = "N",
            arity = "1..*",
            description = "numbers of the segments")
    private List<Integer> segments;

    @Option(names = "--from", paramLabel = "ARCHIVE", description = "where the archives lie (default: DIR/archive)")
    private Path source;

    @Override
    public Integer call() throws IOException {
        final DataDirectory directory = new DataDirectory(data);
        try (Store store = directory.existingStore()) {
            final StoreLock lock = store.snapshots().lock();
            try {
                final JournalArchive archive = ArchiveDirectory.open(directory, store, source);
                for (final int segment :
                        segments.stream().sorted(Comparator.reverseOrder()).toList()) {
                    final SegmentManifest manifest = archive.restore(segment);
                    spec.commandLine()
                            .getOut()
                            .printf(
                                    "put back segment %d, records %,d to %,d%n",
                                    segment, manifest.firstSequence(), manifest.lastSequence());
                }
            } finally {
                lock.close();
            }
        }
        return 0;
    }
}
