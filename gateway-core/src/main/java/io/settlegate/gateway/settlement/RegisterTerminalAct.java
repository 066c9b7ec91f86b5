package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.RegisterTerminalDecoder;

/**
 * Registers a terminal, or gives a registered one of the same institution a new key; it is active afterwards. A revoked
 * terminal stays revoked, and a serial number stays with its institution.
 *
 * <p>Owned by the engine's thread.
 */
final class RegisterTerminalAct implements Act {
    private static final int SN = RegisterTerminalDecoder.snEncodingOffset();
    private static final int INSTITUTION = RegisterTerminalDecoder.fixmedinsCodeEncodingOffset();
    private static final int PUBLIC_KEY = RegisterTerminalDecoder.publicKeyEncodingOffset();
    private static final int MODEL = RegisterTerminalDecoder.modelEncodingOffset();
    private static final int MODEL_LENGTH = RegisterTerminalDecoder.modelEncodingLength();
    private static final byte UNCOMPRESSED_POINT = 4;

    private final EngineState state;
    private final FlatTable terminals;
    private final TerminalListener listener;
    private int row;

    RegisterTerminalAct(final EngineState state, final TerminalListener listener) {
        this.state = state;
        this.terminals = state.terminals;
        this.listener = listener;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        if (!Fields.isCode(command.buffer, command.body + SN, Rows.TERMINAL_KEY)
                || command.getByte(PUBLIC_KEY) != UNCOMPRESSED_POINT) {
            return ActReason.VALUE_WRONG;
        }
        final int institution = state.institutions.find(command.buffer, command.body + INSTITUTION);
        if (institution < 0) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        row = terminals.find(command.buffer, command.body + SN);
        if (row >= 0) {
            return checkRegistered(command);
        }
        if (!TerminalRows.hasLane(state.institutions, institution)) {
            return ActReason.LANES_EXHAUSTED;
        }
        return terminals.reserve(1) ? ActReason.NONE : ActReason.LIMIT;
    }

    private ActReason checkRegistered(final ActCommand command) {
        if (terminals.getByte(row, Rows.TERMINAL_STATUS) == Rows.TERMINAL_REVOKED) {
            return ActReason.TERMINAL_REVOKED;
        }
        return holds(command, Rows.TERMINAL_INSTITUTION, INSTITUTION, Rows.INSTITUTION_KEY)
                ? ActReason.NONE
                : ActReason.TERMINAL_TAKEN;
    }

    @Override
    public void commit(final ActCommand command) {
        if (row < 0) {
            row = terminals.insert(command.buffer, command.body + SN, Rows.TERMINAL_KEY);
            final int institution = command.body + INSTITUTION;
            terminals.putBytes(row, Rows.TERMINAL_INSTITUTION, command.buffer, institution, Rows.INSTITUTION_KEY);
            final int ordinal = TerminalRows.takeOrdinal(state.institutions, command.buffer, institution);
            terminals.putInt(row, Rows.TERMINAL_ORDINAL, ordinal);
        } else {
            terminals.beginWrite(row);
        }
        if (!holds(command, Rows.TERMINAL_PUBLIC_KEY, PUBLIC_KEY, Rows.PUBLIC_KEY_LENGTH)) {
            final int key = command.body + PUBLIC_KEY;
            terminals.putBytes(row, Rows.TERMINAL_PUBLIC_KEY, command.buffer, key, Rows.PUBLIC_KEY_LENGTH);
            terminals.putInt(row, Rows.TERMINAL_KEY_VERSION, terminals.getInt(row, Rows.TERMINAL_KEY_VERSION) + 1);
        }
        terminals.putByte(row, Rows.TERMINAL_STATUS, TerminalRows.ACTIVE);
        terminals.putBytes(row, Rows.TERMINAL_MODEL, command.buffer, command.body + MODEL, MODEL_LENGTH);
        terminals.endWrite(row);
        TerminalRows.publish(terminals, row, listener);
    }

    private boolean holds(final ActCommand command, final int rowField, final int field, final int length) {
        return Fields.equal(
                terminals.buffer(row), terminals.offset(row) + rowField, command.buffer, command.body + field, length);
    }
}
