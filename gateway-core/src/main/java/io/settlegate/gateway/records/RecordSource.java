package io.settlegate.gateway.records;

import io.settlegate.journal.RecordView;

/** Where records are read by their sequence. */
@FunctionalInterface
public interface RecordSource {
    /**
     * Reads a record; null if it may not be shown yet. The view is valid until the next call.
     *
     * @throws io.settlegate.journal.RecordArchivedException if it is not there any more.
     */
    RecordView read(long sequence);
}
