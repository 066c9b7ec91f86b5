package io.settlegate.gateway.operations;

/** A person's number as a person may see it on a screen or in a log: enough to compare, not enough to look up. Stateless. */
public final class PersonMask {
    private static final int SHOWN_LENGTH = 4;

    private PersonMask() {}

    /** The last four characters of a number of at least twelve; nothing of a shorter one. */
    public static String of(final String number) {
        final int length = number.length();
        return length < 3 * SHOWN_LENGTH ? "****" : "****" + number.substring(length - SHOWN_LENGTH);
    }
}
