package io.settlegate.gateway.records;

import io.settlegate.journal.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The directory in which runs stand. A file is written under another name, forced, and renamed, so that what has a run's name is whole.
 *
 * <pre>
 * 0000000000000000-0000000000040960.run            records 0 to 40960
 * 0000000000000000-0000000000040960.run.part       being written
 * 0000000000000000-0000000000040960.run.set-aside  damaged, of another journal, or of a newer release; nobody reads it
 * lock                                             held by the one process that writes
 * </pre>
 *
 * <p>One thread at a time; blocks on the disk.
 */
final class RunFiles implements AutoCloseable {
    private static final String SUFFIX = ".run";
    private static final String PART_SUFFIX = SUFFIX + ".part";
    private static final String ASIDE_SUFFIX = ".set-aside";
    private static final int NAME_DIGITS = 16;

    private final Path directory;
    private FileChannel lock;

    RunFiles(final Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /**
     * Makes the directory, locks it, and removes what a writer left half written.
     *
     * @throws IOException if another one writes there.
     */
    void prepare() throws IOException {
        PrivateFiles.createDirectories(directory);
        lock = PrivateFiles.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isLocked;
        try {
            isLocked = lock.tryLock() != null;
        } catch (final OverlappingFileLockException e) {
            isLocked = false;
        }
        if (!isLocked) {
            close();
            throw new IOException(directory + " is in use: a running gateway keeps its index up to date by itself");
        }
        for (final Path part : list("*" + PART_SUFFIX)) {
            Files.deleteIfExists(part);
        }
    }

    /** Files with a run's name, oldest first; none where there is no directory. */
    List<Path> runs() throws IOException {
        return list("*" + SUFFIX);
    }

    private List<Path> list(final String pattern) throws IOException {
        final List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
                files.forEach(found::add);
            }
        }
        found.sort(Comparator.comparing(file -> file.getFileName().toString()));
        return found;
    }

    /** Where a run is written. */
    Path part(final long first, final long last) {
        return directory.resolve(name(first, last) + ".part");
    }

    private static String name(final long first, final long last) {
        return digits(first) + "-" + digits(last) + SUFFIX;
    }

    private static String digits(final long number) {
        final String text = Long.toString(number);
        return "0".repeat(Math.max(0, NAME_DIGITS - text.length())) + text;
    }

    /** Gives a finished file its name. */
    Path publish(final Path part) throws IOException {
        final String name = part.getFileName().toString();
        final Path file = part.resolveSibling(name.substring(0, name.length() - ".part".length()));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
        return file;
    }

    /** Takes a file out of use and keeps it. @return its new name. */
    Path setAside(final Path file) throws IOException {
        final Path aside = file.resolveSibling(file.getFileName() + ASIDE_SUFFIX);
        try {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final NoSuchFileException e) {
            // Somebody removed it; there is nothing left to keep.
        }
        return aside;
    }

    void delete(final Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Removes the directory and the runs in it. */
    void remove() throws IOException {
        for (final Path file : list("*")) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }

    /** Lets go of the lock. */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    private void forceDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
