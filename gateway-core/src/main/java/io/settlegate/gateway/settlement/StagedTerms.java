package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The terms of items among the staged rows: whether the periods of one item and region have days in common, among themselves or
 * with those that the table will still hold after the merge. A staged row takes the place of the one of its key, so an
 * import may end a period and begin the next. A period without a day overlaps nothing: it takes terms back.
 *
 * <p>Lives for one commit. Memory is bounded by the staged rows, time by {@value #MOST_OF_ITEM} terms of one item.
 */
final class StagedTerms {
    /** The most terms of one item, over all regions and periods, those that were taken back among them. */
    static final int MOST_OF_ITEM = 250;

    private static final int REGION_KEY = Rows.TERMS_BEGN_DAY;

    /** The staged row that overlaps, after {@link #checkOverlaps}. */
    private int refused = -1;

    private final EngineState state;
    private final List<UnsafeBuffer> chunks;
    private final FlatTable counts;
    /** Of each item and region, its newest staged row + 1. */
    private final FlatTable regions;

    private int[] chunkIndexes = new int[64];
    private int[] offsets = new int[64];
    private int[] earlier = new int[64];
    private int count;

    StagedTerms(final EngineState state, final List<UnsafeBuffer> chunks) {
        this.state = state;
        this.chunks = chunks;
        final int most = state.staged.rowCount(ImportKind.ITEM_TERMS);
        counts = new FlatTable(TableId.SCRATCH, Rows.ITEM_KEY, Rows.ITEM_KEY + Integer.BYTES, most, state.hash);
        regions = new FlatTable(TableId.SCRATCH, REGION_KEY, REGION_KEY + Integer.BYTES, most, state.hash);
    }

    /** Takes a row of this chunk: OVERLAPS if it does so with an earlier one of another key, LIMIT if the item has too many terms. */
    ActReason add(final int chunkIndex, final DirectBuffer buffer, final int row) {
        if (state.itemTerms.find(buffer, row) < 0 && !hasRoom(buffer, row)) {
            return ActReason.LIMIT;
        }
        int region = regions.find(buffer, row);
        if (region < 0) {
            regions.reserve(1);
            region = regions.insert(buffer, row, REGION_KEY);
        }
        for (int other = regions.getInt(region, REGION_KEY) - 1; other >= 0; other = earlier[other]) {
            final UnsafeBuffer known = chunks.get(chunkIndexes[other]);
            if (begnDay(buffer, row) != begnDay(known, offsets[other]) && overlap(buffer, row, known, offsets[other])) {
                return ActReason.OVERLAPS;
            }
        }
        if (count == offsets.length) {
            chunkIndexes = Arrays.copyOf(chunkIndexes, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            earlier = Arrays.copyOf(earlier, count * 2);
        }
        chunkIndexes[count] = chunkIndex;
        offsets[count] = row;
        earlier[count] = regions.getInt(region, REGION_KEY) - 1;
        count++;
        regions.putInt(region, REGION_KEY, count);
        return ActReason.NONE;
    }

    /** After all rows were added: whether one overlaps with what the table has and no staged row, by these keys, replaces. */
    ActReason checkOverlaps(final StagedKeys staged) {
        for (int i = 0; i < count; i++) {
            final UnsafeBuffer buffer = chunks.get(chunkIndexes[i]);
            final int item = state.items.find(buffer, offsets[i]);
            final int first = item < 0 ? -1 : state.items.getInt(item, Rows.ITEM_TERMS) - 1;
            for (int row = first; row >= 0; row = ItemTerms.next(state.itemTerms, row)) {
                final UnsafeBuffer known = state.itemTerms.buffer(row);
                final int at = state.itemTerms.offset(row);
                if (Fields.equal(buffer, offsets[i], known, at, REGION_KEY)
                        && overlap(buffer, offsets[i], known, at)
                        && !staged.contains(known, at)) {
                    refused = i;
                    return ActReason.OVERLAPS;
                }
            }
        }
        return ActReason.NONE;
    }

    int refusedChunk() {
        return chunkIndexes[refused];
    }

    int refusedRow() {
        final Chunk chunk = new Chunk();
        final UnsafeBuffer buffer = chunks.get(chunkIndexes[refused]);
        chunk.wrap(buffer, 0, buffer.capacity());
        return (offsets[refused] - chunk.row(0)) / ImportKind.ITEM_TERMS.rowLength;
    }

    private boolean hasRoom(final DirectBuffer buffer, final int row) {
        int entry = counts.find(buffer, row);
        if (entry < 0) {
            counts.reserve(1);
            entry = counts.insert(buffer, row, Rows.ITEM_KEY);
            final int item = state.items.find(buffer, row);
            int known = 0;
            int next = item < 0 ? -1 : state.items.getInt(item, Rows.ITEM_TERMS) - 1;
            while (next >= 0) {
                known++;
                next = ItemTerms.next(state.itemTerms, next);
            }
            counts.putInt(entry, Rows.ITEM_KEY, known);
        }
        final int total = counts.getInt(entry, Rows.ITEM_KEY) + 1;
        counts.putInt(entry, Rows.ITEM_KEY, total);
        return total <= MOST_OF_ITEM;
    }

    private static boolean overlap(final DirectBuffer a, final int aRow, final DirectBuffer b, final int bRow) {
        return Math.max(begnDay(a, aRow), begnDay(b, bRow))
                < Math.min(a.getInt(aRow + Rows.TERMS_END_DAY), b.getInt(bRow + Rows.TERMS_END_DAY));
    }

    private static int begnDay(final DirectBuffer buffer, final int row) {
        return buffer.getInt(row + Rows.TERMS_BEGN_DAY);
    }
}
