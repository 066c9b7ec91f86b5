package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.archive.JournalArchive;
import io.settlegate.journal.backup.CopyProgress;
import io.settlegate.journal.backup.JournalCopy;
import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.PrivateFiles;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may read what tells of persons: its owner, where the umask would let others too. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PrivateFilesTest {
    @TempDir
    Path directory;

    @Test
    void shouldLetNobodyElseReadJournalSnapshotsArchivesAndCopies() throws IOException {
        final Path journal = directory.resolve("journal");
        final Path archives = directory.resolve("archives");
        try (Store store =
                ChronicleStore.in(journal, ChronicleConfiguration.defaults().withBlockLength(64 << 10))) {
            Fixture.found(store);
            try (Journal open = Fixture.open(store, new Recorded())) {
                Fixture.append(open, "a", 20);
                Fixture.commit(open);
                open.tendSegments(0);
                open.beginNextSegment();
                Fixture.append(open, "b", 20);
                Fixture.commit(open);
            }
            store.setAside("doubted", new byte[] {1});
            final long snapshot = SnapshotWriter.write(store, new Recorded(), 2).sequence();
            final List<ClosedSegment> segments = ClosedSegment.of(store).subList(0, 1);
            final JournalArchive archive = new JournalArchive(journal, store, archives);
            archive.archive(segments.get(0));
            archive.remove(segments, snapshot);
            JournalCopy.copy(journal, directory.resolve("copy"), CopyProgress.NONE);
            archive.restore(segments.get(0).segment());
        }
        check(journal, "snapshots", ".sgs");
        check(archives, "", ".sga");
        check(directory.resolve("copy"), "snapshots", ".sgs");
    }

    /** The store makes the files in a segment, with the umask; the directory around them is closed. */
    private static void check(final Path root, final String within, final String suffix) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (final Path path : paths.toList()) {
                if (Files.isDirectory(path)) {
                    assertThat(mode(path)).as(path.toString()).isEqualTo("rwx------");
                } else if (!path.getParent().getFileName().toString().startsWith("segment-")) {
                    assertThat(mode(path)).as(path.toString()).isEqualTo("rw-------");
                }
            }
        }
        try (Stream<Path> paths = Files.list(root.resolve(within))) {
            assertThat(paths).anyMatch(path -> path.toString().endsWith(suffix));
        }
    }

    private static String mode(final Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void shouldMakeAFileAnewThatWasOpenToOthers() throws IOException {
        final Path file = Files.writeString(directory.resolve("left.new"), "left by an earlier version");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        PrivateFiles.create(file).close();
        assertThat(file).isEmptyFile();
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void shouldSeeWhoCanEnter() throws IOException {
        final Path made = PrivateFiles.createDirectories(directory.resolve("a").resolve("b"));
        assertThat(mode(made.getParent())).isEqualTo("rwx------");
        assertThat(PrivateFiles.isOpenToOthers(made)).isFalse();
        for (final String open : List.of("rwx--x---", "rwx-----x", "rwxr-xr-x")) {
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(open));
            assertThat(PrivateFiles.isOpenToOthers(made)).as(open).isTrue();
        }
    }
}
