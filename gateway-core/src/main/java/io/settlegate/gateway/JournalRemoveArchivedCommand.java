package io.settlegate.gateway;

import io.settlegate.gateway.retention.RetentionRule;
import io.settlegate.journal.ClosedSegment;
import io.settlegate.journal.SegmentManifest;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "remove-archived",
        mixinStandardHelpOptions = true,
        description = {
            "Removes segments that have an archive, from the oldest on.",
            "Each archive is read and compared with the segment first.",
            "The hashes of their seals and a notice of each stay, so that the rest of the chain can be verified and old records",
            "be proven. Keep the archives: they are then the only copy. The gateway may be running.",
            "Exit code 0: done. 4: refused or failed; what is left opens."
        })
final class JournalRemoveArchivedCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "data directory")
    private Path data;

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(names = "--from", paramLabel = "ARCHIVE", description = "where the archives lie (default: DIR/archive)")
    private Path source;

    /** Named ones, or all that have an archive. */
    private static final class Which {
        @Option(
                names = "--segment",
                paramLabel = "N",
                arity = "1..*",
                description = "numbers of the segments, from the oldest on without a gap")
        private List<Integer> segments = List.of();

        @Option(names = "--all", description = "all that have an archive and may leave")
        private boolean isAll;
    }

    @Override
    public Integer call() throws IOException {
        final DataDirectory directory = new DataDirectory(data);
        try (Store store = directory.existingStore()) {
            final StoreLock lock = store.snapshots().lock();
            try {
                final List<ClosedSegment> removed = remove(directory, store);
                for (final ClosedSegment segment : removed) {
                    spec.commandLine()
                            .getOut()
                            .printf(
                                    "removed segment %d, records %,d to %,d%n",
                                    segment.segment(), segment.firstSequence(), segment.lastSequence());
                }
                if (removed.isEmpty()) {
                    spec.commandLine().getOut().println("nothing to remove: no segment that may leave has an archive");
                }
            } finally {
                lock.close();
            }
        }
        return 0;
    }

    private List<ClosedSegment> remove(final DataDirectory directory, final Store store) throws IOException {
        final RetentionRule rule = RetentionRule.of(store);
        final List<ClosedSegment> closed = ClosedSegment.of(store);
        final List<ClosedSegment> wanted = new ArrayList<>();
        final Path archives = ArchiveDirectory.of(directory, source);
        for (final ClosedSegment segment : closed) {
            final boolean mayLeave = rule.judge(segment) == RetentionRule.Verdict.MAY_LEAVE;
            if (which.isAll) {
                final Path manifest = archives.resolve(SegmentManifest.nameOf(segment.segment()));
                if (!mayLeave || !Files.exists(manifest)) {
                    break;
                }
                wanted.add(segment);
            } else if (which.segments.contains(segment.segment())) {
                if (!mayLeave) {
                    throw new IOException(
                            "segment " + segment.segment() + " must stay; `journal archive --dry-run` says why");
                }
                wanted.add(segment);
            }
        }
        if (!which.isAll && wanted.size() != which.segments.size()) {
            throw new IOException(
                    "of the segments " + which.segments + " not all are closed segments of this journal, which are "
                            + closed.stream().map(ClosedSegment::segment).toList());
        }
        if (!wanted.isEmpty()) {
            ArchiveDirectory.open(directory, store, source).remove(wanted, rule.snapshotSequence());
        }
        return wanted;
    }
}
