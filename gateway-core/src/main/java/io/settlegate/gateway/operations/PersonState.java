package io.settlegate.gateway.operations;

import java.util.Locale;

/** Whether anything may be settled for a person. */
public enum PersonState {
    RELEASED(0),
    FROZEN(1);

    private final int wireValue;

    PersonState(final int wireValue) {
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
