package io.settlegate.loadtest.driver.load;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a load sends, by the transaction's number. */
public enum RequestKind {
    PRESETTLE("2101"),
    SETTLE("2102"),
    CANCEL("2103", SETTLE),
    PERSON_INFO("1101"),
    REVERSE("2601"),
    QUERY("101"),
    RECORDS("5203"),
    STATEMENT_TOTALS("3201"),
    /** The first of three that follow each other. */
    STATEMENT_UPLOAD("9101"),
    STATEMENT_DETAILS("3202"),
    STATEMENT_DOWNLOAD("9102"),
    REGISTER("2201"),
    VISIT("2203", REGISTER),
    VISIT_LINES("2204", VISIT),
    VISIT_SETTLE("2207", VISIT_LINES),
    ADMIT("2401"),
    STAY_LINES("2301", ADMIT),
    DISCHARGE("2402", STAY_LINES),
    STAY_SETTLE("2304", DISCHARGE);

    private final String infno;
    private final RequestKind before;

    RequestKind(final String infno) {
        this(infno, null);
    }

    RequestKind(final String infno, final RequestKind before) {
        this.infno = infno;
        this.before = before;
    }

    /** Transaction number of the national interface. */
    public String infno() {
        return infno;
    }

    /** The kind whose answer a request of this one is made from; null if it can be made without. */
    RequestKind before() {
        return before;
    }

    /** The kind that is made from an answer to this one; null if there is none. */
    RequestKind after() {
        return Arrays.stream(values())
                .filter(kind -> kind.before == this)
                .findFirst()
                .orElse(null);
    }

    /** Whether only a hospital sends it. */
    boolean isOfVisits() {
        return compareTo(REGISTER) >= 0;
    }

    /** Whether it must be fresh when it arrives. */
    boolean isRead() {
        return this == PERSON_INFO || this == QUERY || this == RECORDS || this == STATEMENT_DOWNLOAD;
    }

    /** Whether a mix names it; upload and download come with the 3202 between them. */
    private boolean isNamed() {
        return this != STATEMENT_UPLOAD && this != STATEMENT_DOWNLOAD;
    }

    /** @throws IllegalArgumentException if a load sends no such transaction. */
    static RequestKind of(final String infno) {
        for (final RequestKind kind : values()) {
            if (kind.infno.equals(infno) && kind.isNamed()) {
                return kind;
            }
        }
        throw new IllegalArgumentException("mix: a load sends "
                + Arrays.stream(values())
                        .filter(RequestKind::isNamed)
                        .map(RequestKind::infno)
                        .sorted()
                        .collect(Collectors.joining(", "))
                + ", not " + infno);
    }
}
