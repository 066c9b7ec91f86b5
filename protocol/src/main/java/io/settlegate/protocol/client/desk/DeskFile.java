package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.client.SignedRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a desk must not forget: each line is forced to the disk before the method that writes it returns. The file holds requests as
 * they were sent, identity numbers included, so it is readable by its owner alone, and it is emptied when nothing is open in it.
 *
 * <p>One process has it at a time; a file beside it, with {@code .lock} behind its name, says so. Safe for all threads. After a
 * write or force that failed nothing more is written: the disk may have dropped what it was given.
 */
final class DeskFile implements AutoCloseable {
    private static final long MAX_LENGTH = 256L << 20;

    private final Path path;
    private final FileChannel lockChannel;
    private final FileChannel channel;
    private final Map<String, OpenEntry> open;
    private final long headLength;
    private IOException failure;

    private DeskFile(
            final Path path,
            final FileChannel lockChannel,
            final FileChannel channel,
            final Map<String, OpenEntry> open,
            final long headLength) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.channel = channel;
        this.open = open;
        this.headLength = headLength;
    }

    /**
     * Opens or creates the file, and writes it anew without what has ended.
     *
     * @throws DamagedFileException if it is damaged.
     * @throws IOException if another process has it, or it is another institution's, or the disk fails.
     */
    static DeskFile open(final Path path, final String institution) throws IOException {
        final FileChannel lockChannel = lock(path);
        try {
            final byte[] bytes = Files.exists(path) ? read(path) : new byte[0];
            final DeskFileContent content = new DeskFileContent(path, bytes);
            if (content.institution() != null && !content.institution().equals(institution)) {
                throw new IOException(path + " is the desk's file of institution " + content.institution() + ", not of "
                        + institution + ": give each institution a file of its own");
            }
            final Map<String, OpenEntry> open = new LinkedHashMap<>(content.open());
            final byte[] head = FileLine.desk(institution);
            return new DeskFile(path, lockChannel, anew(path, head, open), open, head.length);
        } catch (final IOException | RuntimeException e) {
            lockChannel.close();
            throw e;
        }
    }

    private static FileChannel lock(final Path path) throws IOException {
        final Path beside = path.resolveSibling(path.getFileName() + ".lock");
        final FileChannel channel =
                FileChannel.open(beside, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly());
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException(
                    path + " is in use by another desk: a file belongs to one at a time; end the other first");
        }
        return channel;
    }

    private static byte[] read(final Path path) throws IOException {
        final long length = Files.size(path);
        if (length > MAX_LENGTH) {
            throw new IOException(path + " has " + length + " bytes; a desk's file has at most " + MAX_LENGTH);
        }
        return Files.readAllBytes(path);
    }

    /** Writes beside, forces, renames, forces the directory: at each moment one whole file has the name. */
    private static FileChannel anew(final Path path, final byte[] head, final Map<String, OpenEntry> open)
            throws IOException {
        final Path beside = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(beside);
        final FileChannel channel =
                FileChannel.open(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly());
        try {
            write(channel, head);
            for (final OpenEntry entry : open.values()) {
                write(channel, FileLine.open(entry.request(), entry.rule()));
                if (entry.reversal() != null) {
                    write(channel, FileLine.reversal(entry.request().msgid(), entry.reversal()));
                }
                if (entry.end() != null) {
                    write(channel, FileLine.end(entry.request().msgid(), entry.end(), entry.code()));
                }
            }
            channel.force(true);
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(path);
            return channel;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void forceDirectory(final Path path) throws IOException {
        if (isPosix()) {
            try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static void write(final FileChannel channel, final byte[] bytes) throws IOException {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** What is open, oldest first. */
    synchronized List<OpenEntry> openEntries() {
        return List.copyOf(open.values());
    }

    /**
     * A request that is about to be sent for the first time.
     *
     * @throws IllegalArgumentException if this msgid is open already.
     */
    synchronized void open(final SignedRequest request, final UnknownRule rule) throws IOException {
        if (open.containsKey(request.msgid())) {
            throw new IllegalArgumentException(request.msgid() + " is at this desk already");
        }
        append(FileLine.open(request, rule));
        open.put(request.msgid(), new OpenEntry(request, rule));
    }

    /** A reversal that is about to be sent for the first time. */
    synchronized void reversal(final String omsgid, final SignedRequest reversal) throws IOException {
        append(FileLine.reversal(omsgid, reversal));
        open.computeIfPresent(omsgid, (msgid, entry) -> entry.reversedBy(reversal));
    }

    /** The end of a request, of which the caller is about to be told. */
    synchronized void end(final KnownOutcome known) throws IOException {
        append(FileLine.end(known.msgid(), known.end(), known.code()));
        open.computeIfPresent(known.msgid(), (msgid, entry) -> entry.endedBy(known.end(), known.code()));
    }

    /** The caller was told of an end; the last one empties the file. Not forced: what is lost of this is told again. */
    synchronized void told(final String msgid) throws IOException {
        write(FileLine.told(msgid), false);
        open.remove(msgid);
        if (open.isEmpty()) {
            channel.truncate(headLength);
        }
    }

    private void append(final byte[] line) throws IOException {
        write(line, true);
    }

    private void write(final byte[] line, final boolean isForced) throws IOException {
        if (failure != null) {
            throw new IOException(path + " failed before: " + failure.getMessage(), failure);
        }
        try {
            write(channel, line);
            if (isForced) {
                channel.force(false);
            }
        } catch (final IOException e) {
            failure = e;
            throw new IOException(
                    path + " cannot be written: " + e.getMessage() + "; mend the disk, then open the desk anew", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (failure == null) {
            failure = new IOException("the desk is closed");
        }
        try (lockChannel) {
            channel.close();
        }
    }
}
