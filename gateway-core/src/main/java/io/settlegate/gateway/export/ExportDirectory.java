package io.settlegate.gateway.export;

import io.settlegate.journal.store.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where an export stands. A part's files are written under names that do not count, and forced; then the state file names them, which
 * is the moment at which they count; then they get their names. What was under way when a process died is finished or removed
 * by the next one, according to the state file, so each record is in the parts once.
 *
 * <pre>
 * schema.json                          of which journal, which columns
 * state.json                           how far
 * export.lock                          held by the one process that writes
 * KIND-FFFFFFFFFFFFFFF-LLLLLLLLLLLLLLL.csv   a part: records from F to L
 * KIND-FFFFFFFFFFFFFFF.writing         a part under way
 * </pre>
 *
 * <p>One thread; blocks on the disk.
 */
final class ExportDirectory implements Closeable {
    private static final String LOCK = "export.lock";

    private final Path path;
    private final ExportFormat format;
    private final FileChannel lockFile;
    private ExportState state;

    private ExportDirectory(final Path path, final ExportFormat format, final FileChannel lockFile) {
        this.path = path;
        this.format = format;
        this.lockFile = lockFile;
    }

    /** @throws IOException if the directory is of another export, or in use. */
    static ExportDirectory open(final Path path, final ExportFormat format, final ExportManifest manifest)
            throws IOException {
        if (!Files.isDirectory(path)) {
            if (path.toAbsolutePath().getParent() != null) {
                Files.createDirectories(path.toAbsolutePath().getParent());
            }
            PrivateFiles.createDirectory(path);
        }
        manifest.checkReaders(path);
        checkForeign(path);
        final FileChannel lockFile =
                PrivateFiles.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        final ExportDirectory directory = new ExportDirectory(path, format, lockFile);
        try {
            directory.lock();
            manifest.settle(path);
            directory.state = ExportState.read(path, manifest.firstSequence());
            directory.finishWhatCounts();
            directory.removeWhatDoesNot();
        } catch (final IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
        return directory;
    }

    private static void checkForeign(final Path path) throws IOException {
        if (Files.exists(path.resolve(ExportManifest.FILE_NAME))) {
            return;
        }
        final Set<String> ours = Set.of(LOCK, ExportManifest.FILE_NAME + DurableFiles.UNFINISHED);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (final Path entry : entries) {
                if (!ours.contains(entry.getFileName().toString())) {
                    throw new IOException(path + " holds other files and no " + ExportManifest.FILE_NAME
                            + "; export to a new directory, or into one that an export began");
                }
            }
        }
    }

    private void lock() throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (final OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("another export writes to " + path + "; wait for it, or export to another directory");
        }
    }

    private void finishWhatCounts() throws IOException {
        for (final ExportKind kind : state.partKinds()) {
            final Path unfinished = unfinished(kind, state.firstSequence());
            if (Files.exists(unfinished)) {
                DurableFiles.rename(unfinished, part(kind));
            }
        }
        DurableFiles.forceDirectory(path);
    }

    private void removeWhatDoesNot() throws IOException {
        final List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "*" + DurableFiles.UNFINISHED)) {
            entries.forEach(left::add);
        }
        for (final Path file : left) {
            Files.delete(file);
        }
    }

    ExportState state() {
        return state;
    }

    /** Where a part's rows are written. */
    Path unfinished(final ExportKind kind, final long firstSequence) {
        return path.resolve(String.format("%s-%015d%s", kind.word(), firstSequence, DurableFiles.UNFINISHED));
    }

    private Path part(final ExportKind kind) {
        return path.resolve(String.format(
                "%s-%015d-%015d.%s", kind.word(), state.firstSequence(), state.lastSequence(), format.word()));
    }

    /** Makes a part count, whose files are forced. */
    void commit(final ExportState next) throws IOException {
        // The names have to be on the disk before the state that speaks of them.
        DurableFiles.forceDirectory(path);
        DurableFiles.write(path.resolve(ExportState.FILE_NAME), next.encode());
        state = next;
        finishWhatCounts();
    }

    /** Lets go of the lock. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
