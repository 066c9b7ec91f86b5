package io.settlegate.gateway.reconciliation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * The directory of spill files, which hold personal numbers: only its owner may enter it, and closing removes it with all that it holds.
 *
 * <p>One thread; blocks on the disk.
 */
final class SpillDirectory implements Closeable {
    private final Path path;

    private SpillDirectory(final Path path) {
        this.path = path;
    }

    /** @param parent where it is made; it must be there. */
    static SpillDirectory in(final Path parent) throws IOException {
        return new SpillDirectory(Files.createTempDirectory(
                parent,
                "settlegate-reconcile-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
