package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Snapshots in a directory below the journal's.
 *
 * <pre>
 *   snapshot.lock                                       held by the one who writes or deletes snapshots
 *   snapshots/snapshot-00000000000000001234.sgs         covers the records up to 1234
 *   snapshots/snapshot-00000000000000005678.sgs.new     is being written, or was abandoned
 * </pre>
 *
 * <p>Threads as the contract says. The directory comes with the first snapshot.
 */
final class DiskSnapshotFiles implements SnapshotFiles {
    private static final String SUFFIX = ".sgs";
    private static final String BESIDE = ".new";
    private static final Pattern PUBLISHED = Pattern.compile("snapshot-([0-9]{20})\\.sgs");

    private final Path journal;
    private final Path directory;

    DiskSnapshotFiles(final Path journal) {
        this.journal = journal;
        this.directory = journal.resolve("snapshots");
    }

    @Override
    public StoreLock lock() {
        final Path path = journal.resolve("snapshot.lock");
        try {
            final StoreLock lock = ProcessLock.tryLock(path);
            if (lock == null) {
                throw new StoreLockedException("another process writes or deletes snapshots of the journal in "
                        + journal + ProcessLock.holderOf(path) + "; wait until it ends, or stop it");
            }
            return lock;
        } catch (final IOException e) {
            throw new StoreException("cannot lock " + path + ": " + e, e);
        }
    }

    @Override
    public List<Long> sequences() {
        return names().stream()
                .map(PUBLISHED::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Long.valueOf(matcher.group(1)))
                .sorted()
                .toList();
    }

    private List<String> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> listing = Files.list(directory)) {
            return listing.map(path -> path.getFileName().toString()).toList();
        } catch (final IOException e) {
            throw new StoreException("cannot list " + directory + ": " + e, e);
        }
    }

    private Path path(final long sequence) {
        return directory.resolve(String.format("snapshot-%020d%s", sequence, SUFFIX));
    }

    private Path beside(final long sequence) {
        final Path published = path(sequence);
        return published.resolveSibling(published.getFileName() + BESIDE);
    }

    @Override
    public SnapshotTarget create(final long sequence) throws IOException {
        if (!Files.isDirectory(directory)) {
            PrivateFiles.createDirectories(directory);
            ChronicleSegmentWriter.forceDirectory(journal);
        }
        return new Target(beside(sequence), path(sequence));
    }

    @Override
    public SeekableByteChannel open(final long sequence) {
        final Path path = path(sequence);
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (final IOException e) {
            throw new StoreException("cannot open " + path + ": " + e, e);
        }
    }

    @Override
    public void delete(final long sequence) throws IOException {
        if (Files.deleteIfExists(path(sequence))) {
            ChronicleSegmentWriter.forceDirectory(directory);
        }
    }

    @Override
    public int removeAbandoned() throws IOException {
        int count = 0;
        for (final String name : names()) {
            if (name.endsWith(SUFFIX + BESIDE) && Files.deleteIfExists(directory.resolve(name))) {
                count++;
            }
        }
        if (count > 0) {
            ChronicleSegmentWriter.forceDirectory(directory);
        }
        return count;
    }

    @Override
    public String describe(final long sequence) {
        return path(sequence).toString();
    }

    private static final class Target implements SnapshotTarget {
        private final Path beside;
        private final Path published;
        private final FileChannel channel;

        private Target(final Path beside, final Path published) throws IOException {
            this.beside = beside;
            this.published = published;
            this.channel = PrivateFiles.create(beside);
        }

        @Override
        public int write(final ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public SeekableByteChannel readBack() throws IOException {
            return FileChannel.open(beside, StandardOpenOption.READ);
        }

        @Override
        public void publish() throws IOException {
            channel.force(true);
            channel.close();
            Files.move(beside, published, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            ChronicleSegmentWriter.forceDirectory(published.getParent());
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(beside);
        }
    }
}
