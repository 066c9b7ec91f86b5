package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.gateway.settlement.codec.ReadUnmaskedDecoder;

/**
 * Records that an operator is about to read records unmasked. It changes nothing but the once rule's memory: the record is the
 * effect. Owned by the engine's thread.
 */
final class ReadUnmaskedAct implements Act {
    private static final int COMMAND = ReadUnmaskedDecoder.commandEncodingOffset();
    private static final int FIRST = ReadUnmaskedDecoder.firstSequenceEncodingOffset();
    private static final int LAST = ReadUnmaskedDecoder.lastSequenceEncodingOffset();
    private static final int SCOPE = ReadUnmaskedDecoder.scopeEncodingOffset();
    private static final int REASON = ReadUnmaskedDecoder.reasonEncodingOffset();

    @Override
    public ActReason compute(final ActCommand command) {
        final long first = command.getLong(FIRST);
        final ReadCommand by = ReadCommand.get((short) (command.getByte(COMMAND) & 0xff));
        final boolean isValid = by != ReadCommand.SBE_UNKNOWN
                && by != ReadCommand.NULL_VAL
                && first >= 0
                && first <= command.getLong(LAST)
                && command.isText(SCOPE, ReadUnmaskedDecoder.scopeEncodingLength())
                && command.isText(REASON, ReadUnmaskedDecoder.reasonEncodingLength());
        return isValid ? ActReason.NONE : ActReason.VALUE_WRONG;
    }

    @Override
    public void commit(final ActCommand command) {
        // The record itself is what was wanted.
    }
}
