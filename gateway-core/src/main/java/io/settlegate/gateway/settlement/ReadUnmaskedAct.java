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
    private static final int SPACE = ' ';
    private static final int DELETE = 0x7f;

    @Override
    public ActReason compute(final ActCommand command) {
        final long first = command.getLong(FIRST);
        final ReadCommand by = ReadCommand.get((short) (command.getByte(COMMAND) & 0xff));
        final boolean isValid = by != ReadCommand.SBE_UNKNOWN
                && by != ReadCommand.NULL_VAL
                && first >= 0
                && first <= command.getLong(LAST)
                && isText(command, SCOPE, ReadUnmaskedDecoder.scopeEncodingLength())
                && isText(command, REASON, ReadUnmaskedDecoder.reasonEncodingLength());
        return isValid ? ActReason.NONE : ActReason.VALUE_WRONG;
    }

    /** Begins with a character that can be seen, holds no control character, and is padded with zeros. */
    private static boolean isText(final ActCommand command, final int field, final int length) {
        int used = length;
        while (used > 0 && command.getByte(field + used - 1) == 0) {
            used--;
        }
        for (int i = 0; i < used; i++) {
            final int value = command.getByte(field + i) & 0xff;
            if (value < SPACE || value == DELETE) {
                return false;
            }
        }
        return used > 0 && command.getByte(field) != SPACE;
    }

    @Override
    public void commit(final ActCommand command) {
        // The record itself is what was wanted.
    }
}
