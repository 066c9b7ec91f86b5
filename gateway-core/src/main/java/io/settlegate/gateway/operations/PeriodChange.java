package io.settlegate.gateway.operations;

/** What happens to the clearing of an office. */
public enum PeriodChange {
    /** It is closed through a later day than before. */
    CLOSE(0),
    /** It is open again behind an earlier day. */
    REOPEN(1);

    private final int wireValue;

    PeriodChange(final int wireValue) {
        this.wireValue = wireValue;
    }

    /** As in the act. */
    int wireValue() {
        return wireValue;
    }
}
