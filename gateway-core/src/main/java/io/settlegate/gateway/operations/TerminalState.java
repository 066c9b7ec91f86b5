package io.settlegate.gateway.operations;

import java.util.Locale;

/** What an operator makes of a registered terminal. */
public enum TerminalState {
    SUSPENDED(0),
    ACTIVE(1),
    /** For ever. */
    REVOKED(2);

    private final int wireValue;

    TerminalState(final int wireValue) {
        this.wireValue = wireValue;
    }

    /** As in the act. */
    int wireValue() {
        return wireValue;
    }

    /** As a word in a sentence. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
