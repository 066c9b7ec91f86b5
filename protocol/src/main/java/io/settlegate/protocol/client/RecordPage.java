package io.settlegate.protocol.client;

import java.util.List;

/**
 * What a 5203 found: records of this institution, oldest first. Nothing that was settled before the query was sent is missing.
 *
 * @param asOfSequence every record up to this one was looked at.
 * @param nextAfterSequence what the next page comes after; 0 where there is none.
 * @param records whose receipts were all checked.
 */
public record RecordPage(long asOfSequence, long nextAfterSequence, List<RecordAnswer> records) {
    public RecordPage {
        records = List.copyOf(records);
    }

    /** True if there is more: ask again with {@link RecordsQuery#after}. */
    public boolean hasNext() {
        return nextAfterSequence != 0;
    }
}
