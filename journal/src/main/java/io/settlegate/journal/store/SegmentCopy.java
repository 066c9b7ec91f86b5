package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Copies the bytes of a segment's files into a directory that is laid out as {@link ChronicleStore} does, from one position to
 * another. Pages of nothing are not written: the files stay as sparse as they were.
 *
 * <p>A segment that is copied from its beginning gets its name when all of it is forced.
 *
 * <p>One thread; blocks on the disk. {@link #copy} ends with a force of files and directories. A copy that is not completed
 * leaves bytes behind the position that it began at; the next one overwrites them.
 */
public final class SegmentCopy {
    private static final int CHUNK_LENGTH = 1 << 20;
    private static final int PAGE_LENGTH = 4096;

    private final Path directory;
    private final LongConsumer progress;
    private final byte[] chunk = new byte[CHUNK_LENGTH];
    private final byte[] nothing = new byte[PAGE_LENGTH];

    /**
     * @param directory of the journal that is written.
     * @param progress is told of bytes as they were copied.
     */
    public SegmentCopy(final Path directory, final LongConsumer progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** Copies what stands between two positions of a segment. What the directory has of it behind {@code from} goes. */
    public void copy(final Store source, final int segment, final long from, final long to) throws IOException {
        if (from > 0) {
            copyInto(ChronicleStore.segmentDirectory(directory, segment), source, segment, from, to);
            ChronicleSegmentWriter.forceDirectory(directory);
            return;
        }
        // Put together beside: a power cut may keep later pages and not the first, and that would be no journal.
        final Path arriving = SegmentDirectory.beginArrival(directory, segment);
        copyInto(arriving, source, segment, from, to);
        if (Files.exists(SegmentDirectory.of(directory, segment))) {
            SegmentDirectory.remove(directory, segment);
        }
        SegmentDirectory.completeArrival(directory, segment, arriving);
    }

    private void copyInto(final Path target, final Store source, final int segment, final long from, final long to)
            throws IOException {
        final List<RawFile> files = source.files(segment);
        try {
            final List<String> kept = new ArrayList<>();
            for (int file = 0; file <= Frames.file(to); file++) {
                final RawFile raw = files.get(file);
                kept.add(raw.name());
                if (file < Frames.file(from)) {
                    continue;
                }
                final long start = file == Frames.file(from) ? Frames.offset(from) : 0;
                final long end = file == Frames.file(to) ? Frames.offset(to) : raw.length();
                copy(raw, target.resolve(raw.name()), start, end);
            }
            removeOthers(target, kept);
        } finally {
            files.forEach(RawFile::close);
        }
        ChronicleSegmentWriter.forceDirectory(target);
    }

    private void copy(final RawFile source, final Path target, final long start, final long end) throws IOException {
        try (FileChannel channel = PrivateFiles.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.size() < start) {
                throw new IOException(target + " has " + channel.size() + " bytes and must have " + start
                        + ": the copy was changed; make a new one in an empty directory");
            }
            channel.truncate(start);
            for (long at = start; at < end; ) {
                final int read = source.read(at, chunk, 0, (int) Math.min(CHUNK_LENGTH, end - at));
                if (read <= 0) {
                    throw new IOException(source.name() + " ends at " + at + ", before " + end);
                }
                write(channel, at, read);
                at += read;
                progress.accept(read);
            }
            extend(channel, end);
            channel.force(true);
        }
    }

    private void write(final FileChannel channel, final long position, final int length) throws IOException {
        int from = 0;
        while (from < length) {
            int to = from;
            while (to < length && !isNothing(to, length)) {
                to = Math.min(length, to + PAGE_LENGTH);
            }
            final ByteBuffer written = ByteBuffer.wrap(chunk, from, to - from);
            while (written.hasRemaining()) {
                channel.write(written, position + written.position());
            }
            from = to == length ? length : to + PAGE_LENGTH;
        }
    }

    private boolean isNothing(final int from, final int length) {
        final int to = Math.min(length, from + PAGE_LENGTH);
        return Arrays.equals(chunk, from, to, nothing, 0, to - from);
    }

    /** A file that ends in nothing has its length all the same. */
    private static void extend(final FileChannel channel, final long length) throws IOException {
        if (channel.size() < length) {
            channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
        }
    }

    /** Files of an earlier copy that was not completed and went further. */
    private static void removeOthers(final Path target, final List<String> kept) throws IOException {
        final List<Path> present;
        try (Stream<Path> listing = Files.list(target)) {
            present = listing.toList();
        }
        for (final Path file : present) {
            if (!kept.contains(file.getFileName().toString())) {
                Files.delete(file);
            }
        }
    }
}
