package io.settlegate.protocol.codes;

/** How well the form of a code is known, which decides how strict a check may be. */
public enum Certainty {
    /** The rule itself was read, at its publisher's or in a reprint. */
    RULE("the rule"),
    /** Public pages tell of it, or codes in use show it; the rule itself was not read. */
    SEEN("seen, but not the rule itself"),
    /** No source gives the form: every visible character is taken. */
    UNKNOWN("not known");

    private final String text;

    Certainty(final String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
