package io.settlegate.loadtest.driver.load;

/** What a load sends, by the transaction's number. */
public enum RequestKind {
    PRESETTLE("2101"),
    SETTLE("2102"),
    CANCEL("2103"),
    PERSON_INFO("1101"),
    REVERSE("2601");

    private final String infno;

    RequestKind(final String infno) {
        this.infno = infno;
    }

    /** Transaction number of the national interface. */
    public String infno() {
        return infno;
    }

    /** @throws IllegalArgumentException if a load sends no such transaction. */
    static RequestKind of(final String infno) {
        for (final RequestKind kind : values()) {
            if (kind.infno.equals(infno)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("mix: a load sends 2101, 2102, 2103, 1101, and 2601, not " + infno);
    }
}
