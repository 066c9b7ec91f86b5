package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes frames into the files of a {@link MemoryStore}, in the order in which Chronicle does: word, content, word. */
final class MemorySegmentWriter implements SegmentWriter {
    private final MemoryStore store;
    private final int segment;
    private int file;
    private long offset;

    MemorySegmentWriter(final MemoryStore store, final int segment) {
        this.store = store;
        this.segment = segment;
    }

    @Override
    public long append(final DirectBuffer buffer, final int from, final int length) {
        synchronized (store) {
            store.requireRoom(Frames.WORD_LENGTH + length);
            if (offset > store.faults().fileLength()) {
                word(Frames.END_OF_FILE);
                store.addFile(segment);
                file++;
                offset = 0;
            }
            final byte[] content = new byte[length];
            buffer.getBytes(from, content);
            word(Frames.IN_FLIGHT);
            final MemoryFile target = store.file(segment, file);
            if (store.faults().isShortWrite()) {
                target.write(
                        offset + Frames.WORD_LENGTH,
                        content,
                        0,
                        store.faults().random().nextInt(length + 1));
                throw new StoreException("the write stopped early in segment " + segment + "; stop the process");
            }
            target.write(offset + Frames.WORD_LENGTH, content, 0, length);
            word(length);
            final long position = Frames.position(file, offset);
            offset = Frames.next(offset, length);
            return position;
        }
    }

    private void word(final int value) {
        final byte[] bytes = new byte[Frames.WORD_LENGTH];
        new UnsafeBuffer(bytes).putInt(0, value, ByteOrder.LITTLE_ENDIAN);
        store.file(segment, file).write(offset, bytes, 0, bytes.length);
    }

    @Override
    public void force() throws IOException {
        store.forceSegment(segment);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
