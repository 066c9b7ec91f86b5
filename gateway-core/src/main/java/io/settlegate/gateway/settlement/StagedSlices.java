package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.AllocationChunkDecoder;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The slices of allocation batches among the staged chunks, each with the count and the digest of its rows. A slice that the
 * gateway has already, row for row, is not credited again; one that it has with other rows is refused.
 *
 * <p>Lives for one commit, once for its check and once for its merge; changes nothing that is hashed.
 */
final class StagedSlices {
    private static final int SLICE = AllocationChunkDecoder.sliceEncodingOffset();
    private static final int SLICE_COUNT = AllocationChunkDecoder.sliceCountEncodingOffset();
    /** Batch id 30, psn_no 30, amount i64: what the digest of a slice is over. */
    static final int ROW_LENGTH = AllocationChunkDecoder.RowsDecoder.sbeBlockLength();

    private static final int FIRST_CHUNK = Rows.BATCH_LENGTH;
    private static final int SCRATCH_LENGTH = Rows.BATCH_LENGTH + 8;

    /** The chunk of the slice that is refused, after {@link #check}. */
    int refusedChunk = -1;

    private final FlatTable batches;
    private final KeyedHash hash;
    private final FlatTable slices;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.BATCH_KEY]);
    private final Chunk chunk = new Chunk();

    /** @param rowLimit how many allocation rows are staged. */
    StagedSlices(final EngineState state, final int rowLimit) {
        this.batches = state.batches;
        this.hash = state.hash;
        this.slices = new FlatTable(TableId.SCRATCH, Rows.BATCH_KEY, SCRATCH_LENGTH, Math.max(1, rowLimit), state.hash);
    }

    /** Counts and digests all allocation chunks; the reason why one is no slice, or NONE. */
    ActReason addAll(final List<UnsafeBuffer> chunks) {
        for (int i = 0; i < chunks.size(); i++) {
            chunk.wrap(chunks.get(i), 0, chunks.get(i).capacity());
            if (chunk.kind == ImportKind.ALLOCATIONS && chunk.rowCount > 0 && !add(i)) {
                refusedChunk = i;
                return ActReason.VALUE_WRONG;
            }
        }
        return ActReason.NONE;
    }

    private boolean add(final int chunkIndex) {
        final int sliceCount = u16(chunk.body + SLICE_COUNT);
        if (u16(chunk.body + SLICE) >= sliceCount) {
            return false;
        }
        makeKey(chunk);
        int slice = slices.find(key, 0);
        if (slice < 0) {
            slices.reserve(1);
            slice = slices.insert(key, 0, Rows.BATCH_KEY);
            slices.putInt(slice, Rows.BATCH_SLICE_COUNT, sliceCount);
            slices.putInt(slice, FIRST_CHUNK, chunkIndex);
        } else if (slices.getInt(slice, Rows.BATCH_SLICE_COUNT) != sliceCount) {
            return false;
        }
        long high = slices.getLong(slice, Rows.BATCH_DIGEST_HIGH);
        long low = slices.getLong(slice, Rows.BATCH_DIGEST_LOW);
        for (int row = 0; row < chunk.rowCount; row++) {
            final int at = chunk.row(row);
            if (!Fields.equal(chunk.buffer, at, key, 0, Rows.BATCH_ID_LENGTH)) {
                return false;
            }
            hash.begin(TableId.BATCHES.number).bytes(chunk.buffer, at, ROW_LENGTH);
            high += hash.high();
            low += hash.low();
        }
        slices.putLong(slice, Rows.BATCH_DIGEST_HIGH, high);
        slices.putLong(slice, Rows.BATCH_DIGEST_LOW, low);
        slices.putInt(slice, Rows.BATCH_ROW_COUNT, slices.getInt(slice, Rows.BATCH_ROW_COUNT) + chunk.rowCount);
        return true;
    }

    /** Whether every slice may be credited or was; NONE, or why one may not. */
    ActReason check() {
        for (int slice = 0; slice < slices.count(); slice++) {
            final ActReason reason = check(slice);
            if (reason != ActReason.NONE) {
                refusedChunk = slices.getInt(slice, FIRST_CHUNK);
                return reason;
            }
        }
        return ActReason.NONE;
    }

    private ActReason check(final int slice) {
        key.putBytes(0, slices.buffer(slice), slices.offset(slice), Rows.BATCH_KEY);
        final int known = batches.find(key, 0);
        if (known >= 0) {
            return isSame(slice, known) ? ActReason.NONE : ActReason.BATCH_USED;
        }
        final int number = key.getShort(Rows.BATCH_SLICE) & 0xFFFF;
        if (number == 0) {
            return ActReason.NONE;
        }
        key.putShort(Rows.BATCH_SLICE, (short) (number - 1));
        final int sliceCount = slices.getInt(slice, Rows.BATCH_SLICE_COUNT);
        final int before = batches.find(key, 0);
        if (before >= 0) {
            return batches.getInt(before, Rows.BATCH_SLICE_COUNT) == sliceCount ? ActReason.NONE : ActReason.BATCH_USED;
        }
        final int staged = slices.find(key, 0);
        if (staged < 0) {
            return ActReason.CHUNK_OUT_OF_ORDER;
        }
        return slices.getInt(staged, Rows.BATCH_SLICE_COUNT) == sliceCount ? ActReason.NONE : ActReason.VALUE_WRONG;
    }

    int newSliceCount() {
        int count = 0;
        for (int slice = 0; slice < slices.count(); slice++) {
            if (batches.find(slices.buffer(slice), slices.offset(slice)) < 0) {
                count++;
            }
        }
        return count;
    }

    /** Rows of slices that were credited before. */
    long repeatedRowCount() {
        long sum = 0;
        for (int slice = 0; slice < slices.count(); slice++) {
            if (batches.find(slices.buffer(slice), slices.offset(slice)) >= 0) {
                sum += slices.getInt(slice, Rows.BATCH_ROW_COUNT);
            }
        }
        return sum;
    }

    /** Whether the slice of this chunk is new to the gateway; so until {@link #keep}. */
    boolean isNew(final Chunk ofSlice) {
        makeKey(ofSlice);
        return batches.find(key, 0) < 0;
    }

    /** Writes the new slices into the state, once all of them are credited. */
    void keep() {
        for (int slice = 0; slice < slices.count(); slice++) {
            if (batches.find(slices.buffer(slice), slices.offset(slice)) < 0) {
                final int row = batches.insert(slices.buffer(slice), slices.offset(slice), Rows.BATCH_KEY);
                batches.putBytes(row, 0, slices.buffer(slice), slices.offset(slice), Rows.BATCH_LENGTH);
                batches.endWrite(row);
            }
        }
    }

    private boolean isSame(final int slice, final int known) {
        return Fields.equal(
                slices.buffer(slice),
                slices.offset(slice),
                batches.buffer(known),
                batches.offset(known),
                Rows.BATCH_LENGTH);
    }

    private void makeKey(final Chunk ofSlice) {
        key.putBytes(0, ofSlice.buffer, ofSlice.row(0), Rows.BATCH_ID_LENGTH);
        key.putBytes(Rows.BATCH_SLICE, ofSlice.buffer, ofSlice.body + SLICE, Short.BYTES);
    }

    private int u16(final int at) {
        return chunk.buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
