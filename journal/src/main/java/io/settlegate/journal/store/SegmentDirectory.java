package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A segment's directory as a whole, in the layout of {@link ChronicleStore}: for what puts segments there and takes them away.
 * A directory appears under its name complete and forced, and goes away under its name at once; nothing in between is ever
 * taken for a segment.
 *
 * <p>Any one thread at a time; blocks on the disk. A process that has a file of it open goes on reading it.
 */
public final class SegmentDirectory {
    private static final String ARRIVING = "arriving-";
    private static final String LEAVING = "leaving-";

    private SegmentDirectory() {}

    /** Where a segment lies. */
    public static Path of(final Path journal, final int segment) {
        return ChronicleStore.segmentDirectory(journal, segment);
    }

    /** Its files, by name. */
    public static List<Path> files(final Path directory) throws IOException {
        try (Stream<Path> listing = Files.list(directory)) {
            return listing.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** An empty directory in which a segment may be put together. */
    public static Path beginArrival(final Path journal, final int segment) throws IOException {
        final Path arriving = journal.resolve(ARRIVING + of(journal, segment).getFileName());
        delete(arriving);
        return PrivateFiles.createDirectory(arriving);
    }

    /** Forces what was put together and gives it its name, which nothing may have. */
    public static void completeArrival(final Path journal, final int segment, final Path arriving) throws IOException {
        ChronicleSegmentWriter.forceWhole(arriving);
        Files.move(arriving, of(journal, segment), StandardCopyOption.ATOMIC_MOVE);
        ChronicleSegmentWriter.forceDirectory(journal);
    }

    /** Removes a segment: first its name, durably, then its files. */
    public static void remove(final Path journal, final int segment) throws IOException {
        final Path directory = of(journal, segment);
        final Path leaving = journal.resolve(LEAVING + directory.getFileName());
        delete(leaving);
        Files.move(directory, leaving, StandardCopyOption.ATOMIC_MOVE);
        ChronicleSegmentWriter.forceDirectory(journal);
        delete(leaving);
    }

    /** Deletes what an interrupted arrival or removal left. */
    public static void deleteLeftovers(final Path journal) throws IOException {
        final List<Path> leftovers;
        try (Stream<Path> listing = Files.list(journal)) {
            leftovers = listing.filter(path -> path.getFileName().toString().startsWith(ARRIVING)
                            || path.getFileName().toString().startsWith(LEAVING))
                    .toList();
        }
        for (final Path leftover : leftovers) {
            delete(leftover);
        }
    }

    /** Deletes a directory and all in it, where it is there. */
    public static void deleteWhole(final Path directory) throws IOException {
        delete(directory);
    }

    private static void delete(final Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        final List<Path> tree;
        try (Stream<Path> walk = Files.walk(directory)) {
            tree = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : tree) {
            Files.delete(path);
        }
    }

    /** Creates a directory and those above it that are missing, and forces the name of each: what is put there is then found again. */
    public static void createForced(final Path directory) throws IOException {
        final Path absolute = directory.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            // An earlier run may have been cut off between creating and forcing.
            if (absolute.getParent() != null) {
                ChronicleSegmentWriter.forceDirectory(absolute.getParent());
            }
            return;
        }
        createForced(absolute.getParent());
        PrivateFiles.createDirectory(absolute);
        ChronicleSegmentWriter.forceDirectory(absolute.getParent());
    }

    /** Forces a directory: the names in it. */
    public static void forceNames(final Path directory) throws IOException {
        ChronicleSegmentWriter.forceDirectory(directory);
    }
}
