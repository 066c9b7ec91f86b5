package io.settlegate.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a run keeps its files: a named directory that stays, or one of its own that goes when the run went well. */
final class WorkDirectory {
    private final Path path;
    private final boolean isKept;

    private WorkDirectory(final Path path, final boolean isKept) {
        this.path = path;
        this.isKept = isKept;
    }

    /** @param keep the directory that stays, or null for a temporary one. */
    static WorkDirectory of(final Path keep, final String prefix) throws IOException {
        if (keep == null) {
            return new WorkDirectory(Files.createTempDirectory(prefix), false);
        }
        Files.createDirectories(keep);
        return new WorkDirectory(keep.toAbsolutePath().normalize(), true);
    }

    Path path() {
        return path;
    }

    boolean isKept() {
        return isKept;
    }

    /** Deletes a temporary directory. */
    void dispose() throws IOException {
        if (isKept) {
            return;
        }
        final List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(path)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        for (final Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
