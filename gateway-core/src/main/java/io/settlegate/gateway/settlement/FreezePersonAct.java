package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.FreezePersonDecoder;

/**
 * Freezes a person, so that nothing is settled, or releases them. What was settled may still be undone. Owned by the engine's
 * thread.
 */
final class FreezePersonAct implements Act {
    private static final int PSN_NO = FreezePersonDecoder.psnNoEncodingOffset();
    private static final int FROZEN = FreezePersonDecoder.frozenEncodingOffset();

    private final FlatTable persons;
    private int row;

    FreezePersonAct(final EngineState state) {
        this.persons = state.persons;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        final byte frozen = command.getByte(FROZEN);
        if (frozen < 0 || frozen > 1) {
            return ActReason.VALUE_WRONG;
        }
        row = persons.find(command.buffer, command.body + PSN_NO);
        return row < 0 ? ActReason.PERSON_UNKNOWN : ActReason.NONE;
    }

    @Override
    public void commit(final ActCommand command) {
        persons.beginWrite(row);
        persons.putByte(row, Rows.PERSON_FROZEN, command.getByte(FROZEN));
        persons.endWrite(row);
    }
}
