package io.settlegate.journal.store;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Appends records to a segment that was just created. Never opens one that exists: a segment is written by one process, once.
 *
 * <p>Belongs to the thread that holds the store's lock; another may force what was appended before while it appends. After an exception the writer is of no use any more.
 */
public interface SegmentWriter extends AutoCloseable {
    /**
     * Appends a record and answers its position, which a {@link SegmentReader} takes.
     *
     * @throws StoreException if the bytes did not all get there.
     */
    long append(DirectBuffer buffer, int offset, int length);

    /** Forces every file touched since the last force, and the directory if a file is new. */
    void force() throws IOException;

    @Override
    void close();
}
