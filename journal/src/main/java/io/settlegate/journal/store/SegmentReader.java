package io.settlegate.journal.store;

import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the records of a segment in order, from any position. It reads the files themselves, not through Chronicle, whose
 * reader stops silently at damage; this one says where it stopped, and at what.
 *
 * <p>One thread at a time. Blocks on the disk. Never fails on damaged content: it stops.
 */
public final class SegmentReader implements AutoCloseable {
    private static final int WINDOW_LENGTH = 256 * 1024;

    private final Store store;
    private final int segment;
    private final byte[] window = new byte[Frames.MAX_RECORD_LENGTH + WINDOW_LENGTH];
    private final UnsafeBuffer content = new UnsafeBuffer(window);
    private final UnsafeBuffer record = new UnsafeBuffer(window, 0, 0);
    private List<RawFile> files;
    private int file;
    private long offset;
    private long windowStart;
    private int windowLength;
    private long recordPosition;
    private int stopWord;

    public SegmentReader(final Store store, final int segment) {
        this.store = store;
        this.segment = segment;
        this.files = store.files(segment);
    }

    public int segment() {
        return segment;
    }

    /** Goes to a position at which a frame starts. 0 is the start of the segment. */
    public void seek(final long position) {
        file = Frames.file(position);
        offset = Frames.offset(position);
        windowLength = 0;
    }

    /** Moves to the next record; false if there is none that can be read. May be asked again when more was written. */
    public boolean next() {
        while (true) {
            if (!available(Frames.WORD_LENGTH)) {
                stopWord = Frames.NOTHING;
                return false;
            }
            final int word = content.getInt((int) (offset - windowStart), ByteOrder.LITTLE_ENDIAN);
            if (Frames.isOwnContent(word)) {
                offset = Frames.next(offset, Frames.length(word));
            } else if (word == Frames.END_OF_FILE && hasFile(file + 1)) {
                file++;
                offset = 0;
                windowLength = 0;
            } else if (Frames.isRecord(word) && available(Frames.WORD_LENGTH + Frames.length(word))) {
                record.wrap(window, (int) (offset - windowStart) + Frames.WORD_LENGTH, Frames.length(word));
                recordPosition = Frames.position(file, offset);
                offset = Frames.next(offset, Frames.length(word));
                return true;
            } else {
                stopWord = word;
                windowLength = 0;
                return false;
            }
        }
    }

    private boolean hasFile(final int index) {
        if (index >= files.size()) {
            close();
            files = store.files(segment);
        }
        return index < files.size();
    }

    /** Sees to it that so many bytes from the offset on lie in the window. */
    private boolean available(final int length) {
        if (offset >= windowStart && offset + length <= windowStart + windowLength) {
            return true;
        }
        if (!hasFile(file)) {
            return false;
        }
        windowStart = offset;
        windowLength = 0;
        final int wanted = Math.max(length, WINDOW_LENGTH);
        while (windowLength < wanted) {
            final int read =
                    files.get(file).read(windowStart + windowLength, window, windowLength, wanted - windowLength);
            if (read <= 0) {
                break;
            }
            windowLength += read;
        }
        return windowLength >= length;
    }

    /** The record, valid until the next call of this reader. */
    public DirectBuffer record() {
        return record;
    }

    /** Where the record stands. */
    public long position() {
        return recordPosition;
    }

    /** Where the next frame starts, or the one at which reading stopped. */
    public long nextPosition() {
        return Frames.position(file, offset);
    }

    /** The word at which {@link #next} stopped. */
    public int stopWord() {
        return stopWord;
    }

    @Override
    public void close() {
        files.forEach(RawFile::close);
        files = List.of();
    }
}
