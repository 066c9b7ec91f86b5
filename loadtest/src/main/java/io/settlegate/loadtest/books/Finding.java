package io.settlegate.loadtest.books;

/** One thing that must not be. */
public record Finding(Kind kind, String msgid, String what) {
    /** How the gateway failed a terminal. */
    public enum Kind {
        /** The terminal holds an answer, the gateway has nothing. */
        LOST,
        /**
         * One msgid has two outcomes, or two msgids one place in the journal, or the gateway counts more than was
         * answered.
         */
        DOUBLED,
        /** The gateway answers something else than it did first. */
        DIFFERING
    }

    @Override
    public String toString() {
        return kind + " " + msgid + ": " + what;
    }
}
