package io.settlegate.protocol.codes;

/** How well the form of a code is known, which decides how strict a check may be. */
public enum Certainty {
    /** The rule itself was read, at its publisher's or in a reprint. */
    RULE("the rule was read"),
    /** Public pages tell of it, or codes in use show it; the rule itself was not read. */
    SEEN("from public pages and from codes in use"),
    /** No source gives the form: every visible character is taken. */
    UNKNOWN("no source found; any visible characters are taken");

    private final String text;

    Certainty(final String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
