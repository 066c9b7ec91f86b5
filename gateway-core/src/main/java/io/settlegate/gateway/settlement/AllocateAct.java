package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.AllocateDecoder;
import io.settlegate.protocol.Limits;
import org.agrona.concurrent.UnsafeBuffer;

/** Credits one personal account, a batch once, as an import's allocations do. Owned by the engine's thread. */
final class AllocateAct implements Act {
    private static final int BATCH_ID = AllocateDecoder.batchIdEncodingOffset();
    private static final int PSN_NO = AllocateDecoder.psnNoEncodingOffset();
    private static final int AMOUNT = AllocateDecoder.amountFenEncodingOffset();

    private final EngineState state;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.BATCH_KEY]);
    private int personRow;

    AllocateAct(final EngineState state) {
        this.state = state;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        final long amountFen = command.getLong(AMOUNT);
        if (!Fields.isCode(command.buffer, command.body + BATCH_ID, Rows.BATCH_ID_LENGTH)
                || amountFen <= 0
                || amountFen > Limits.MAX_AMOUNT_FEN) {
            return ActReason.VALUE_WRONG;
        }
        key.putBytes(0, command.buffer, command.body + BATCH_ID, Rows.BATCH_ID_LENGTH);
        if (state.batches.find(key, 0) >= 0) {
            return ActReason.BATCH_USED;
        }
        personRow = state.persons.find(command.buffer, command.body + PSN_NO);
        if (personRow < 0) {
            return ActReason.PERSON_UNKNOWN;
        }
        return state.batches.reserve(1) && state.ledger.reserve(1) ? ActReason.NONE : ActReason.LIMIT;
    }

    @Override
    public void commit(final ActCommand command) {
        final long amountFen = command.getLong(AMOUNT);
        Persons.addBalance(state.persons, personRow, amountFen);
        state.ledger.postSource(-amountFen);
        final FlatTable batches = state.batches;
        // The batch's only slice, of one row, as an import of the same row would leave it.
        final int row = batches.insert(key, 0, Rows.BATCH_KEY);
        batches.putInt(row, Rows.BATCH_SLICE_COUNT, 1);
        batches.putInt(row, Rows.BATCH_ROW_COUNT, 1);
        state.hash
                .begin(TableId.BATCHES.number)
                .bytes(command.buffer, command.body + BATCH_ID, StagedSlices.ROW_LENGTH);
        batches.putLong(row, Rows.BATCH_DIGEST_HIGH, state.hash.high());
        batches.putLong(row, Rows.BATCH_DIGEST_LOW, state.hash.low());
        batches.endWrite(row);
    }
}
