package io.settlegate.journal;

import io.settlegate.journal.store.RawFile;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A store that hides from a start what happened to it, as a careless reader would: the judge has to notice. */
final class HidingStore extends ForwardingStore {
    /** What it does. */
    enum Lie {
        /** Neither notes nor mark are shown. */
        NO_WITNESS,
        /** A file seems to end, cleanly, where a record's checksum is wrong; and no witness is shown. */
        ENDS_AT_DAMAGE,
        /** Something is written before it is known whether the start is refused. */
        WRITES_BEFORE_REFUSING
    }

    private final Lie lie;

    HidingStore(final Store store, final Lie lie) {
        super(store);
        this.lie = lie;
    }

    @Override
    public byte[] readNote(final String name) {
        if (lie == Lie.WRITES_BEFORE_REFUSING) {
            try {
                super.writeNote("seen", new byte[1]);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return super.readNote(name);
        }
        return name.equals(HeadNote.HEAD) ? null : super.readNote(name);
    }

    @Override
    public byte[] readMark() {
        return lie == Lie.WRITES_BEFORE_REFUSING ? super.readMark() : null;
    }

    @Override
    public List<RawFile> files(final int segment) {
        final List<RawFile> files = super.files(segment);
        if (lie != Lie.ENDS_AT_DAMAGE) {
            return files;
        }
        final List<RawFile> shortened = new ArrayList<>();
        files.forEach(file -> shortened.add(new Shortened(file)));
        return shortened;
    }

    /** A file that seems never to have been written from the first record on that is damaged. */
    private static final class Shortened implements RawFile {
        private final RawFile file;
        private final byte[] content;

        private Shortened(final RawFile file) {
            this.file = file;
            this.content = new byte[(int) file.length()];
            file.read(0, content, 0, content.length);
            final int end = endOfGood(content);
            java.util.Arrays.fill(content, end, content.length, (byte) 0);
        }

        private static int endOfGood(final byte[] bytes) {
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            final RecordFlyweight record = new RecordFlyweight();
            int offset = 0;
            while (offset + 4 <= bytes.length) {
                final int length = buffer.getInt(offset, java.nio.ByteOrder.LITTLE_ENDIAN);
                if (length == 0xc000_0000) {
                    return offset + 4;
                }
                if (length <= 0
                        || length > bytes.length - offset - 4
                        || record.wrap(new UnsafeBuffer(bytes, offset + 4, length)) != null) {
                    return offset;
                }
                offset = offset + 4 + length + 3 & -4;
            }
            return bytes.length;
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long length() {
            return content.length;
        }

        @Override
        public int read(final long position, final byte[] target, final int offset, final int length) {
            final int count = (int) Math.max(0, Math.min(length, content.length - position));
            System.arraycopy(content, (int) Math.min(position, content.length), target, offset, count);
            return count;
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
