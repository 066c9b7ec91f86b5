package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.TerminalStatusDecoder;

/** Suspends, reactivates, or revokes a terminal; what is revoked stays so. Owned by the engine's thread. */
final class TerminalStatusAct implements Act {
    private static final int SN = TerminalStatusDecoder.snEncodingOffset();
    private static final int STATUS = TerminalStatusDecoder.statusEncodingOffset();

    private final FlatTable terminals;
    private final TerminalListener listener;
    private int row;

    TerminalStatusAct(final EngineState state, final TerminalListener listener) {
        this.terminals = state.terminals;
        this.listener = listener;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        final byte status = command.getByte(STATUS);
        if (status < 0 || status > Rows.TERMINAL_REVOKED) {
            return ActReason.VALUE_WRONG;
        }
        row = terminals.find(command.buffer, command.body + SN);
        if (row < 0) {
            return ActReason.TERMINAL_UNKNOWN;
        }
        final boolean revoked = terminals.getByte(row, Rows.TERMINAL_STATUS) == Rows.TERMINAL_REVOKED;
        return revoked && status != Rows.TERMINAL_REVOKED ? ActReason.TERMINAL_REVOKED : ActReason.NONE;
    }

    @Override
    public void commit(final ActCommand command) {
        final byte status = command.getByte(STATUS);
        if (terminals.getByte(row, Rows.TERMINAL_STATUS) == status) {
            return;
        }
        terminals.beginWrite(row);
        terminals.putByte(row, Rows.TERMINAL_STATUS, status);
        terminals.endWrite(row);
        TerminalRows.publish(terminals, row, listener);
    }
}
