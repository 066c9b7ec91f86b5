package io.settlegate.journal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@link Store} in a directory, written by Chronicle Queue and read as plain files.
 *
 * <pre>
 *   writer.lock             held by the one writer
 *   head.note               small named notes
 *   durable.mark            how far readers may read, in shared memory
 *   segment-00000000/       a Chronicle queue: *.cq4, metadata.cq4t
 *   set-aside/              what a start could not believe
 *   snapshot.lock           held by the one who writes snapshots
 *   snapshots/              as {@link DiskSnapshotFiles} names them
 * </pre>
 *
 * <p>Threads as the contract says. Opening one creates nothing; the writer's first step creates the directory.
 */
public final class ChronicleStore implements Store {
    private static final String SEGMENT_PREFIX = "segment-";
    private static final String QUEUE_SUFFIX = ".cq4";
    private static final String METADATA_NAME = "metadata.cq4t";
    private static final String METADATA_WORD = "STStore";
    private static final int METADATA_LOOK_LENGTH = 64;
    private static final String MARK_NAME = "durable.mark";
    private static final String NOTE_SUFFIX = ".note";
    /** The writer stops the process below this; what it may touch before it looks again fits into it. */
    private static final int WRITER_FLOOR_BLOCKS = 2;
    /** Below this not even reads are taken: far enough above the writer's floor that work under way cannot reach it. */
    private static final int READ_FLOOR_BLOCKS = 4;
    /** Below this nothing is taken that changes the state; what is left above the floor of reads is their reserve. */
    private static final int WRITE_FLOOR_BLOCKS = 6;

    private final Path directory;
    private final ChronicleConfiguration configuration;
    private MappedByteBuffer mark;

    private ChronicleStore(final Path directory, final ChronicleConfiguration configuration) {
        this.directory = directory;
        this.configuration = configuration;
    }

    /** The store in {@code directory}, with the default block length and roll interval. */
    public static ChronicleStore in(final Path directory) {
        return in(directory, ChronicleConfiguration.defaults());
    }

    public static ChronicleStore in(final Path directory, final ChronicleConfiguration configuration) {
        return new ChronicleStore(directory, configuration);
    }

    @Override
    public StoreLock lock() {
        try {
            PrivateFiles.createDirectories(directory);
            final Path path = directory.resolve("writer.lock");
            final StoreLock lock = ProcessLock.tryLock(path);
            if (lock == null) {
                throw new StoreLockedException("the journal in " + directory + " is open in another writer"
                        + ProcessLock.holderOf(path) + "; stop that process first (readers need no lock)");
            }
            return lock;
        } catch (final IOException e) {
            throw new StoreException(
                    "cannot lock the journal in " + directory + ": " + e
                            + "; a writer needs a directory in which it may"
                            + " write: mount it read-write, or correct its owner (readers need neither)",
                    e);
        }
    }

    @Override
    public List<Integer> segments() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> listing = Files.list(directory)) {
            return listing.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches(SEGMENT_PREFIX + "[0-9]{8}"))
                    .map(name -> Integer.valueOf(name.substring(SEGMENT_PREFIX.length())))
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new StoreException("cannot list " + directory + ": " + e, e);
        }
    }

    private Path segmentDirectory(final int segment) {
        return segmentDirectory(directory, segment);
    }

    static Path segmentDirectory(final Path journal, final int segment) {
        return journal.resolve(String.format("%s%08d", SEGMENT_PREFIX, segment));
    }

    @Override
    public SegmentWriter createSegment(final int segment) throws IOException {
        if (!hasWritersRoom()) {
            throw new StoreException("the disk of " + directory + " is below its floor of "
                    + (long) WRITER_FLOOR_BLOCKS * configuration.blockLength() + " bytes; make room and start again");
        }
        final Path path = segmentDirectory(segment);
        PrivateFiles.createDirectory(path);
        ChronicleSegmentWriter.forceDirectory(directory);
        return new ChronicleSegmentWriter(path, configuration, this::hasWritersRoom);
    }

    @Override
    public List<RawFile> files(final int segment) {
        final Path path = segmentDirectory(segment);
        try (Stream<Path> listing = Files.list(path)) {
            return listing.filter(file -> file.getFileName().toString().endsWith(QUEUE_SUFFIX))
                    .sorted()
                    .<RawFile>map(DiskFile::new)
                    .toList();
        } catch (final IOException e) {
            throw new StoreException("cannot list " + path + ": " + e, e);
        }
    }

    @Override
    public void forceSegment(final int segment) throws IOException {
        ChronicleSegmentWriter.forceWhole(segmentDirectory(segment));
        ChronicleSegmentWriter.forceDirectory(directory);
    }

    /** Chronicle's metadata file is not needed to read; but garbage in it tells of a disk that writes where it should not. */
    @Override
    public String faultBeside(final int segment) {
        final Path path = segmentDirectory(segment).resolve(METADATA_NAME);
        if (!Files.exists(path)) {
            return null;
        }
        try (InputStream input = Files.newInputStream(path)) {
            final byte[] start = input.readNBytes(METADATA_LOOK_LENGTH);
            final boolean empty = java.util.Arrays.equals(start, new byte[start.length]);
            if (empty || new String(start, StandardCharsets.ISO_8859_1).contains(METADATA_WORD)) {
                return null;
            }
            return path + " does not hold what Chronicle Queue writes there";
        } catch (final IOException e) {
            return path + " cannot be read: " + e;
        }
    }

    @Override
    public byte[] readNote(final String name) {
        final Path path = directory.resolve(name + NOTE_SUFFIX);
        try {
            return Files.exists(path) ? Files.readAllBytes(path) : null;
        } catch (final IOException e) {
            throw new StoreException("cannot read " + path + ": " + e, e);
        }
    }

    @Override
    public void writeNote(final String name, final byte[] content) throws IOException {
        replace(directory, name + NOTE_SUFFIX, content);
    }

    /** Writes beside, forces, renames, forces the directory. */
    private static void replace(final Path directory, final String name, final byte[] content) throws IOException {
        final Path beside = directory.resolve(name + ".new");
        try (FileChannel channel = PrivateFiles.create(beside)) {
            final ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(
                beside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        ChronicleSegmentWriter.forceDirectory(directory);
    }

    @Override
    public void deleteNote(final String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name + NOTE_SUFFIX));
        ChronicleSegmentWriter.forceDirectory(directory);
    }

    @Override
    public void publishMark(final byte[] content) {
        if (mark == null || mark.capacity() != content.length) {
            mark = mapMark(content);
        }
        mark.put(0, content);
    }

    /** Written before it is mapped, so that the disk has room for it: a page without one kills who writes to it. */
    private MappedByteBuffer mapMark(final byte[] content) {
        final Path path = directory.resolve(MARK_NAME);
        try (FileChannel channel =
                PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content), 0);
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, content.length);
        } catch (final IOException e) {
            throw new StoreException("cannot publish the durable mark in " + path + ": " + e, e);
        }
    }

    @Override
    public byte[] readMark() {
        final Path path = directory.resolve(MARK_NAME);
        try {
            return Files.exists(path) ? Files.readAllBytes(path) : null;
        } catch (final IOException e) {
            throw new StoreException("cannot read " + path + ": " + e, e);
        }
    }

    @Override
    public void setAside(final String name, final byte[] content) throws IOException {
        final Path path = directory.resolve("set-aside");
        PrivateFiles.createDirectories(path);
        ChronicleSegmentWriter.forceDirectory(directory);
        if (!Files.exists(path.resolve(name))) {
            replace(path, name, content);
        }
    }

    @Override
    public List<String> setAsideNames() {
        final Path path = directory.resolve("set-aside");
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> listing = Files.list(path)) {
            return listing.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (final IOException e) {
            throw new StoreException("cannot list " + path + ": " + e, e);
        }
    }

    @Override
    public SnapshotFiles snapshots() {
        return new DiskSnapshotFiles(directory);
    }

    @Override
    public Space space() {
        return new Space(freeLength(), blocks(WRITE_FLOOR_BLOCKS), blocks(READ_FLOOR_BLOCKS));
    }

    private boolean hasWritersRoom() {
        return freeLength() >= blocks(WRITER_FLOOR_BLOCKS);
    }

    private long freeLength() {
        return directory.toFile().getUsableSpace();
    }

    private long blocks(final int count) {
        return (long) count * configuration.blockLength();
    }

    @Override
    public String describe(final int segment) {
        return segmentDirectory(segment).toString();
    }

    @Override
    public void close() {
        // Channels are opened for each use; the lock is closed by whoever took it.
    }
}
