package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;

/**
 * Finds institutions and terminals as they are registered now, by bytes within a command. A row's number stays with its institution
 * or terminal, so that who adds up by it needs no names.
 *
 * <p>Owned by the engine's thread, between two commands. Finding allocates nothing; nothing is changed.
 */
public final class RegisteredParties {
    private final EngineState state;

    public RegisteredParties(final SettlementEngine engine) {
        this.state = engine.state();
    }

    /** The row of the institution whose code, twelve bytes, stands there; -1 if there is none. */
    public int institution(final DirectBuffer buffer, final int fixmedinsCode) {
        return state.institutions.find(buffer, fixmedinsCode);
    }

    /** How many there are: all rows are below. */
    public int institutionCount() {
        return state.institutions.count();
    }

    public String institutionCode(final int row) {
        return Fields.text(state.institutions.buffer(row), state.institutions.offset(row), Rows.INSTITUTION_KEY);
    }

    public String institutionName(final int row) {
        return EngineInspection.name(state.institutions, row, EngineInspection.INSTITUTION_NAME);
    }

    /** The admdvs of the region in which it stands. */
    public String institutionAdmdvs(final int row) {
        return Fields.text(
                state.institutions.buffer(row),
                state.institutions.offset(row) + Rows.INSTITUTION_ADMDVS,
                Rows.REGION_KEY);
    }

    /** How many regions there are: all rows are below. */
    public int regionCount() {
        return state.regions.count();
    }

    public String regionAdmdvs(final int row) {
        return Fields.text(state.regions.buffer(row), state.regions.offset(row), Rows.REGION_KEY);
    }

    /** The row of the terminal whose sn, 32 bytes, stands there; -1 if there is none. */
    public int terminal(final DirectBuffer buffer, final int sn) {
        return state.terminals.find(buffer, sn);
    }

    /** From 1, raised by each change of the key. */
    public int terminalKeyVersion(final int row) {
        return state.terminals.getInt(row, Rows.TERMINAL_KEY_VERSION);
    }

    /** 65 bytes, a copy. */
    public byte[] terminalPublicKey(final int row) {
        final byte[] publicKey = new byte[Rows.PUBLIC_KEY_LENGTH];
        state.terminals.buffer(row).getBytes(state.terminals.offset(row) + Rows.TERMINAL_PUBLIC_KEY, publicKey);
        return publicKey;
    }
}
