package io.settlegate.journal.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The hashes of a journal's first seals, of those whose segments may be gone: {@code archived.seals} beside the segments.
 *
 * <pre>
 *   u32 magic, bytes "SGQ1" | u32 version = 1 | 32 bytes for each seal from number 0 on          (little-endian)
 * </pre>
 *
 * <p>How many count is said by whoever wrote the note of what was archived; a longer file is one whose note was not written, and
 * is cut to that. It has no checksum: the mountain range over the hashes is signed in the seal that follows them.
 *
 * <p>One thread at a time; blocks on the disk.
 */
public final class SealHashFile {
    /** In the journal's directory. */
    public static final String NAME = "archived.seals";

    private static final int MAGIC = 0x31514753;
    private static final int VERSION = 1;
    private static final int HEADER_LENGTH = 8;
    private static final int HASH_LENGTH = 32;
    private static final int HASHES_PER_READ = 4096;

    private final Path path;

    /** Is shown hashes in order. */
    @FunctionalInterface
    public interface Visitor {
        void onHash(byte[] bytes, int offset);
    }

    public SealHashFile(final Path journal) {
        this.path = journal.resolve(NAME);
    }

    public Path path() {
        return path;
    }

    /** Where in the file the hash of a seal stands. */
    public static long offsetOf(final long number) {
        return HEADER_LENGTH + number * HASH_LENGTH;
    }

    /** Shows the first {@code count} hashes. @throws IOException if there are not as many. */
    public void read(final long count, final Visitor visitor) throws IOException {
        for (long at = 0; at < count; ) {
            final int wanted = (int) Math.min(HASHES_PER_READ, count - at);
            final byte[] hashes = read(at, wanted);
            for (int i = 0; i < wanted; i++) {
                visitor.onHash(hashes, i * HASH_LENGTH);
            }
            at += wanted;
        }
    }

    /** Some hashes, one after the other. @throws IOException if there are not as many. */
    public byte[] read(final long first, final int count) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            checkHeader(channel);
            final ByteBuffer buffer = ByteBuffer.allocate(count * HASH_LENGTH);
            fill(channel, buffer, offsetOf(first));
            return buffer.array();
        } catch (final NoSuchFileException e) {
            throw new IOException(path + " is missing; restore it from a copy", e);
        }
    }

    private void checkHeader(final FileChannel channel) throws IOException {
        final ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, header, 0);
        if (header.getInt(0) != MAGIC || header.getInt(4) != VERSION) {
            throw new IOException(path + " does not hold seal hashes of this version; restore it from a copy");
        }
    }

    private void fill(final FileChannel channel, final ByteBuffer buffer, final long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException(path + " ends before the hash of seal "
                        + (position + buffer.position() - HEADER_LENGTH) / HASH_LENGTH + "; restore it from a copy");
            }
        }
    }

    /** Writes hashes behind the first {@code count}, which stay, and forces them. What stood there before goes. */
    public void append(final long count, final byte[] hashes) throws IOException {
        final boolean isNew = !Files.exists(path);
        try (FileChannel channel =
                PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (isNew || count == 0) {
                final ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
                header.putInt(MAGIC).putInt(VERSION).flip();
                channel.write(header, 0);
            }
            checkHeader(channel);
            final long end = offsetOf(count);
            if (channel.size() < end) {
                throw new IOException(
                        path + " has not the " + count + " hashes that it must have; restore it from a copy");
            }
            channel.truncate(end);
            final ByteBuffer buffer = ByteBuffer.wrap(hashes);
            while (buffer.hasRemaining()) {
                channel.write(buffer, end + buffer.position());
            }
            channel.force(true);
        }
        ChronicleSegmentWriter.forceDirectory(path.getParent());
    }
}
