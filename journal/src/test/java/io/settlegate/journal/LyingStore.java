package io.settlegate.journal;

import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import org.agrona.DirectBuffer;

/** A store whose writer says that it forced and did not: the checker has to notice. */
final class LyingStore extends ForwardingStore {
    LyingStore(final Store store) {
        super(store);
    }

    @Override
    public SegmentWriter createSegment(final int segment) throws IOException {
        final SegmentWriter writer = super.createSegment(segment);
        return new SegmentWriter() {
            @Override
            public long append(final DirectBuffer buffer, final int offset, final int length) {
                return writer.append(buffer, offset, length);
            }

            @Override
            public void force() {
                // The lie.
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }
}
