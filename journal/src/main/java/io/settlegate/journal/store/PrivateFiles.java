package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that may tell of persons: nobody but their owner reads them, not even while they are written, whatever the umask is. What
 * is there already keeps its mode. Where a file system knows no such modes, they are made as it makes them.
 *
 * <p>Stateless; blocks on the disk.
 */
public final class PrivateFiles {
    private static final String FILE_MODE = "rw-------";
    private static final String DIRECTORY_MODE = "rwx------";

    private PrivateFiles() {}

    /** Opens a file for writing that is new: what had its name before is gone, with its mode. */
    public static FileChannel create(final Path file) throws IOException {
        Files.deleteIfExists(file);
        return open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Opens a file; if that makes it, it is its owner's alone. */
    public static FileChannel open(final Path file, final OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), attributes(file, FILE_MODE));
    }

    /** Makes a directory that must not be there. */
    public static Path createDirectory(final Path directory) throws IOException {
        return Files.createDirectory(directory, attributes(directory, DIRECTORY_MODE));
    }

    /** Makes a directory, and those above it, where they are not there yet. */
    public static Path createDirectories(final Path directory) throws IOException {
        return Files.createDirectories(directory, attributes(directory, DIRECTORY_MODE));
    }

    /** True if not its owner alone can enter a directory, as far as its mode says. */
    public static boolean isOpenToOthers(final Path directory) throws IOException {
        if (!hasModes(directory)) {
            return false;
        }
        final Set<PosixFilePermission> mode = Files.getPosixFilePermissions(directory);
        return mode.contains(PosixFilePermission.GROUP_EXECUTE) || mode.contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    private static FileAttribute<?>[] attributes(final Path path, final String mode) {
        return hasModes(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean hasModes(final Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
