package io.settlegate.gateway.inspection;

/** Text from outside as it may reach an operator's screen: without control characters, which could steer it. No state. */
public final class CleanText {
    private CleanText() {}

    public static String of(final String text) {
        final StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> clean.appendCodePoint(
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? '?' : point));
        return clean.toString();
    }
}
