package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;

/**
 * Finds a seal by its number in the segments of a plan, without reading what stands before it.
 *
 * <p>One thread; blocks on the disk. What is found is what stands there: the caller compares it with what it expects.
 */
final class SealSearch {
    private final Store store;
    private final int segment;
    private final long sealNumber;
    private final RecordFlyweight record = new RecordFlyweight();
    private Seal newest;
    private long end;

    /**
     * Where a seal stands.
     *
     * @param index of its segment within the plan.
     * @param end position behind it.
     * @param seal what stands there; null if there is none of this number.
     * @param newest the last seal that was read on the way, for messages; null if none was.
     */
    record Found(int index, long end, Seal seal, Seal newest) {}

    private SealSearch(final Store store, final int segment, final long sealNumber) {
        this.store = store;
        this.segment = segment;
        this.sealNumber = sealNumber;
    }

    /** Looks for a seal; index -1 if it would stand before the segments that are there. */
    static Found find(final Store store, final SegmentPlan plan, final long sealNumber) {
        final int index = plan.indexOfSeal(sealNumber);
        if (index < 0) {
            return new Found(-1, 0, null, null);
        }
        final SealSearch search = new SealSearch(store, plan.chain().get(index), sealNumber);
        final Seal seal = search.run();
        return new Found(index, search.end, seal, search.newest);
    }

    private Seal run() {
        final long place = PlaceSearch.placeBefore(store, segment, Seal::sealNumber, sealNumber);
        try (SegmentReader reader = new SegmentReader(store, segment)) {
            final Seal seal = read(reader, place);
            // The place is a guess: a command may carry what looks like a seal.
            return seal == null && place > 0 ? read(reader, 0) : seal;
        }
    }

    private Seal read(final SegmentReader reader, final long place) {
        newest = null;
        reader.seek(place);
        while (reader.next() && record.wrap(reader.record()) == null) {
            if (record.kind() != RecordKind.SEAL) {
                continue;
            }
            final byte[] body = record.command();
            if (Seal.faultOf(body) != null) {
                return null;
            }
            newest = Seal.decode(body);
            if (newest.sealNumber() >= sealNumber) {
                end = reader.nextPosition();
                return newest.sealNumber() == sealNumber ? newest : null;
            }
        }
        return null;
    }
}
