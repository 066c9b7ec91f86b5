package io.settlegate.journal;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.RawFile;
import io.settlegate.journal.store.Store;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks at the bytes of a segment from some position on, without trusting the frames: where whole records stand, where the
 * last byte that is not zero stands, and whether a place looks like a write that the disk lost.
 *
 * <p>One thread; blocks on the disk. The insides of a whole record are skipped, so that a command cannot carry a forged one.
 */
final class RawScan implements AutoCloseable {
    private static final int SECTOR_LENGTH = 512;
    private static final int PAGE_LENGTH = 4096;
    private static final byte[] ZERO_PAGE = new byte[PAGE_LENGTH];
    private static final int WINDOW_LENGTH = 4 << 20;

    private final List<RawFile> files;
    private final byte[] window = new byte[WINDOW_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(window);
    private final RecordFlyweight record = new RecordFlyweight();

    /** Is shown whole records. */
    @FunctionalInterface
    interface Visitor {
        /** The position is that of the record's frame. False ends the scan. */
        boolean onRecord(RecordFlyweight found, long position);
    }

    RawScan(final Store store, final int segment) {
        this.files = store.files(segment);
    }

    int fileCount() {
        return files.size();
    }

    long fileLength(final int file) {
        return files.get(file).length();
    }

    /** The position of the first whole record whose frame stands there or later; -1 if there is none. */
    static long nextRecord(final Store store, final int segment, final long from) {
        final long[] found = {-1};
        try (RawScan scan = new RawScan(store, segment)) {
            // The frame's word stands before the record, and the scan goes by multiples of a word from where it begins.
            scan.scan(from & -Frames.ALIGNMENT, (whole, position) -> {
                if (position >= from) {
                    found[0] = position;
                }
                return found[0] < 0;
            });
        }
        return found[0];
    }

    void scan(final long from, final Visitor visitor) {
        for (int file = Frames.file(from); file < files.size(); file++) {
            final long start = file == Frames.file(from) ? Frames.offset(from) : 0;
            if (!scanFile(file, start, visitor)) {
                return;
            }
        }
    }

    private boolean scanFile(final int file, final long start, final Visitor visitor) {
        long at = start;
        while (true) {
            final int length = fill(file, at);
            if (length < RecordFormat.HEADER_LENGTH) {
                return true;
            }
            // Near the window's end a record may be cut off: the next window begins there.
            final boolean isLast = length < WINDOW_LENGTH;
            final int end = isLast ? length : length - Frames.MAX_RECORD_LENGTH;
            int i = 0;
            while (i <= end - Integer.BYTES) {
                if (isZeroPage(i, end)) {
                    i += PAGE_LENGTH;
                    continue;
                }
                final int recordLength = wholeRecordAt(i, length);
                if (recordLength == 0) {
                    i += Frames.ALIGNMENT;
                    continue;
                }
                if (!visitor.onRecord(record, Frames.position(file, at + i - Frames.WORD_LENGTH))) {
                    return false;
                }
                i += recordLength + Frames.ALIGNMENT - 1 & -Frames.ALIGNMENT;
            }
            if (isLast) {
                return true;
            }
            at += i;
        }
    }

    /** Files are sparse, so most of what is scanned is nothing; it is passed over a page at a time. */
    private boolean isZeroPage(final int index, final int end) {
        return index + PAGE_LENGTH <= end
                && Arrays.equals(window, index, index + PAGE_LENGTH, ZERO_PAGE, 0, PAGE_LENGTH);
    }

    private int wholeRecordAt(final int index, final int length) {
        if (buffer.getInt(index, ByteOrder.LITTLE_ENDIAN) != RecordFormat.MAGIC
                || index + RecordFormat.HEADER_LENGTH > length) {
            return 0;
        }
        final long recordLength = RecordFlyweight.lengthByHeader(buffer, index);
        if (recordLength < 0 || recordLength > Frames.MAX_RECORD_LENGTH || index + recordLength > length) {
            return 0;
        }
        return record.wrap(window, index, (int) recordLength) == null ? (int) recordLength : 0;
    }

    private int fill(final int file, final long at) {
        int length = 0;
        while (length < WINDOW_LENGTH) {
            final int read = files.get(file).read(at + length, window, length, WINDOW_LENGTH - length);
            if (read <= 0) {
                break;
            }
            length += read;
        }
        return length;
    }

    /** All bytes from a position up to the last one that is not zero, the files one after the other. */
    byte[] content(final long from) {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int file = Frames.file(from); file < files.size(); file++) {
            final long start = file == Frames.file(from) ? Frames.offset(from) : 0;
            final long end = endOfContent(file, start);
            for (long at = start; at < end; ) {
                final int length = (int) Math.min(fill(file, at), end - at);
                content.write(window, 0, length);
                at += length;
            }
        }
        return content.toByteArray();
    }

    /** True if nothing but zeros stands from a position on. */
    boolean isNothingFrom(final long from) {
        for (int file = Frames.file(from); file < files.size(); file++) {
            final long start = file == Frames.file(from) ? Frames.offset(from) : 0;
            if (endOfContent(file, start) > start) {
                return false;
            }
        }
        return true;
    }

    private long endOfContent(final int file, final long start) {
        long end = start;
        for (long at = start; ; ) {
            final int length = fill(file, at);
            if (length == 0) {
                return end;
            }
            int i = length - 1;
            while (i >= 0 && window[i] == 0) {
                i -= i >= PAGE_LENGTH && isZeroPage(i + 1 - PAGE_LENGTH, i + 1) ? PAGE_LENGTH : 1;
            }
            if (i >= 0) {
                end = at + i + 1;
            }
            at += length;
        }
    }

    /** The word of the frame at a position; nothing beyond the end. */
    int word(final long position) {
        final int file = Frames.file(position);
        if (file >= files.size() || fill(file, Frames.offset(position)) < Frames.WORD_LENGTH) {
            return Frames.NOTHING;
        }
        return buffer.getInt(0, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * True if a power cut can have made the frame at a position what it is: the sectors from its first byte on, or a whole
     * sector within it, were never written.
     */
    boolean isHole(final long position) {
        final int file = Frames.file(position);
        final long offset = Frames.offset(position);
        final int word = word(position);
        if (file >= files.size()) {
            return true;
        }
        final int length = fill(file, offset);
        final int toBoundary = SECTOR_LENGTH - (int) (offset % SECTOR_LENGTH);
        if (word == Frames.NOTHING) {
            return isZero(0, Math.min(toBoundary, length));
        }
        if (!Frames.isRecord(word)) {
            return false;
        }
        final int end = Frames.WORD_LENGTH + Frames.length(word);
        for (int sector = toBoundary; sector < end; sector += SECTOR_LENGTH) {
            if (sector >= length || isZero(sector, Math.min(sector + SECTOR_LENGTH, length))) {
                return true;
            }
        }
        return false;
    }

    /** True if the frame at a position ends in zeros where a record has its end mark. */
    boolean isCutShort(final long position) {
        final int word = word(position);
        if (!Frames.isRecord(word)) {
            return false;
        }
        final int end = Frames.WORD_LENGTH + Frames.length(word);
        return isZero(end - RecordFormat.END_MARK_LENGTH, end);
    }

    private boolean isZero(final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (window[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        files.forEach(RawFile::close);
    }
}
