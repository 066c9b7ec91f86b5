package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;

/**
 * Reads the records of all segments and checks each by itself: frame, header, CRC, end mark. Not the chain, not the order. The
 * quickest way to see that a disk still holds a journal's bytes.
 *
 * <p>One thread; blocks on the disk; needs no lock and changes nothing. Damage is an answer, never thrown.
 */
public final class RecordCheck {
    private RecordCheck() {}

    /**
     * What was read, up to the first fault of each segment.
     *
     * @param recordCount records that are whole, seals among them.
     * @param byteCount bytes of these.
     * @param first the first fault, null if there is none.
     */
    public record Report(long recordCount, long byteCount, Damage first) {}

    public static Report check(final Store store) {
        long recordCount = 0;
        long byteCount = 0;
        Damage first = null;
        final RecordFlyweight record = new RecordFlyweight();
        for (final int segment : store.segments()) {
            try (SegmentReader reader = new SegmentReader(store, segment)) {
                while (reader.next()) {
                    final String fault = record.wrap(reader.record());
                    if (fault == null) {
                        recordCount++;
                        byteCount += record.length();
                    } else if (first == null) {
                        first = new Damage(segment, -1, -1, fault, FieldFault.sentence(fault), Damage.RESTORE)
                                .at(store, reader.position());
                    }
                }
            }
        }
        return new Report(recordCount, byteCount, first);
    }
}
