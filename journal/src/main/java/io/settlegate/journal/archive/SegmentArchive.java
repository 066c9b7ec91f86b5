package io.settlegate.journal.archive;

import io.settlegate.journal.SegmentManifest;
import io.settlegate.journal.store.PrivateFiles;
import io.settlegate.protocol.crypto.Sm3;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The bytes of a segment's files in one compressed file. Pages of nothing are left out, so that a sparse file costs what was
 * written into it.
 *
 * <pre>
 *   gzip( bytes "SGZ1" | u16 version = 1
 *         for each file:  u8 1 | u16 length, name | i64 length of the file
 *         for each run:   u8 2 | i64 position | u32 length, at most 1 MiB | bytes
 *         u8 3 )                                                                     (big-endian)
 * </pre>
 *
 * <p>One thread; blocks on the disk.
 */
final class SegmentArchive {
    private static final byte[] MAGIC = {'S', 'G', 'Z', '1'};
    private static final int VERSION = 1;
    private static final int FILE = 1;
    private static final int RUN = 2;
    private static final int END = 3;
    private static final int CHUNK_LENGTH = 1 << 20;
    private static final int PAGE_LENGTH = 4096;
    private static final int BUFFER_LENGTH = 1 << 16;
    private static final byte[] NOTHING = new byte[CHUNK_LENGTH];

    private final byte[] chunk = new byte[CHUNK_LENGTH];

    /** Writes and forces an archive of these files; answers each with its hash. */
    List<SegmentManifest.Item> write(final List<Path> files, final Path archive) throws IOException {
        final List<SegmentManifest.Item> items = new ArrayList<>();
        try (FileChannel channel = PrivateFiles.create(archive)) {
            final OutputStream compressed = new GZIPOutputStream(Channels.newOutputStream(channel), BUFFER_LENGTH);
            final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(compressed, BUFFER_LENGTH));
            out.write(MAGIC);
            out.writeShort(VERSION);
            for (final Path file : files) {
                items.add(write(file, out));
            }
            out.writeByte(END);
            out.close();
        }
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
            channel.force(true);
        }
        return items;
    }

    private SegmentManifest.Item write(final Path file, final DataOutputStream out) throws IOException {
        final Sm3 sm3 = new Sm3();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long length = channel.size();
            final String name = file.getFileName().toString();
            out.writeByte(FILE);
            out.writeUTF(name);
            out.writeLong(length);
            for (long at = 0; at < length; ) {
                final int read = read(channel, at, length);
                sm3.update(chunk, 0, read);
                writeRuns(out, at, read);
                at += read;
            }
            return new SegmentManifest.Item(name, length, digest(sm3));
        }
    }

    private int read(final FileChannel channel, final long at, final long length) throws IOException {
        final ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK_LENGTH, length - at));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("a file became shorter while it was read");
            }
        }
        return buffer.position();
    }

    private void writeRuns(final DataOutputStream out, final long position, final int length) throws IOException {
        int from = 0;
        while (from < length) {
            int to = from;
            while (to < length && !isNothing(to, length)) {
                to = Math.min(length, to + PAGE_LENGTH);
            }
            if (to > from) {
                out.writeByte(RUN);
                out.writeLong(position + from);
                out.writeInt(to - from);
                out.write(chunk, from, to - from);
            }
            from = to == length ? length : to + PAGE_LENGTH;
        }
    }

    private boolean isNothing(final int from, final int length) {
        final int to = Math.min(length, from + PAGE_LENGTH);
        return Arrays.equals(chunk, from, to, NOTHING, 0, to - from);
    }

    /** Hash and length of a file as it stands. */
    SegmentManifest.Item itemOf(final Path file) throws IOException {
        final Sm3 sm3 = new Sm3();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long length = channel.size();
            for (long at = 0; at < length; ) {
                final int read = read(channel, at, length);
                sm3.update(chunk, 0, read);
                at += read;
            }
            return new SegmentManifest.Item(file.getFileName().toString(), length, digest(sm3));
        }
    }

    /**
     * Reads an archive. With a target its files are written there, as sparse as they were; without one they are only hashed.
     *
     * @throws IOException if it is no archive, or damaged.
     */
    List<SegmentManifest.Item> read(final Path archive, final Path target) throws IOException {
        final List<SegmentManifest.Item> items = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(archive);
                DataInputStream in = new DataInputStream(
                        new BufferedInputStream(new GZIPInputStream(raw, BUFFER_LENGTH), BUFFER_LENGTH))) {
            final byte[] magic = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(magic, MAGIC) || in.readUnsignedShort() != VERSION) {
                throw new IOException("it is no archive of a segment, or of a later version");
            }
            int tag = in.readUnsignedByte();
            while (tag == FILE) {
                final String name = in.readUTF();
                if (name.contains("/") || name.startsWith(".")) {
                    throw new IOException("it holds a file whose name leads elsewhere");
                }
                final long length = in.readLong();
                try (Extraction file = new Extraction(name, length, target)) {
                    tag = in.readUnsignedByte();
                    while (tag == RUN) {
                        readRun(in, file);
                        tag = in.readUnsignedByte();
                    }
                    items.add(file.finish());
                }
            }
            if (tag != END || in.read() >= 0) {
                throw new IOException("it holds what no archive holds");
            }
        }
        return items;
    }

    private void readRun(final DataInputStream in, final Extraction file) throws IOException {
        final long position = in.readLong();
        final int length = in.readInt();
        if (length <= 0 || length > CHUNK_LENGTH) {
            throw new IOException("it holds a run of " + length + " bytes");
        }
        in.readFully(chunk, 0, length);
        file.put(position, chunk, length);
    }

    /** One file coming out of an archive. */
    private static final class Extraction implements AutoCloseable {
        private final String name;
        private final long length;
        private final FileChannel channel;
        private final Sm3 sm3 = new Sm3();
        private long position;

        Extraction(final String name, final long length, final Path target) throws IOException {
            this.name = name;
            this.length = length;
            this.channel = target == null
                    ? null
                    : PrivateFiles.open(target.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        void put(final long at, final byte[] bytes, final int count) throws IOException {
            if (at < position || at + count > length) {
                throw new IOException("a run of " + name + " stands where none can be");
            }
            hashNothing(at);
            sm3.update(bytes, 0, count);
            position += count;
            if (channel != null) {
                final ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
                while (buffer.hasRemaining()) {
                    channel.write(buffer, at + buffer.position());
                }
            }
        }

        private void hashNothing(final long until) {
            while (position < until) {
                final int count = (int) Math.min(CHUNK_LENGTH, until - position);
                sm3.update(NOTHING, 0, count);
                position += count;
            }
        }

        SegmentManifest.Item finish() throws IOException {
            hashNothing(length);
            if (channel != null) {
                if (channel.size() < length) {
                    channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
                }
                channel.force(true);
            }
            return new SegmentManifest.Item(name, length, digest(sm3));
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }

    private static byte[] digest(final Sm3 sm3) {
        final byte[] hash = new byte[Sm3.LENGTH];
        sm3.digest(hash, 0);
        return hash;
    }
}
