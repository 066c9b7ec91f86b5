package io.settlegate.protocol.codes;

import org.agrona.DirectBuffer;

/**
 * One form of a code, as a text in which each character stands for one of the code:
 *
 * <pre>
 *   #  a digit                  @  a capital letter
 *   &amp;  a digit or capital       %  a digit or x
 *   every other character stands for itself
 * </pre>
 *
 * <p>Immutable; any thread. Allocates nothing once it is made.
 */
final class CodeForm {
    private final String form;

    CodeForm(final String form) {
        this.form = form;
    }

    /** True if a code that opens like this is meant to be of this form. */
    boolean opensWith(final int first) {
        return accepts(form.charAt(0), first);
    }

    boolean matches(final DirectBuffer buffer, final int offset, final int length) {
        if (length != form.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!accepts(form.charAt(i), buffer.getByte(offset + i))) {
                return false;
            }
        }
        return true;
    }

    boolean matches(final CharSequence code) {
        if (code.length() != form.length()) {
            return false;
        }
        for (int i = 0; i < code.length(); i++) {
            if (!accepts(form.charAt(i), code.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean accepts(final char sign, final int character) {
        return switch (sign) {
            case '#' -> isDigit(character);
            case '@' -> isCapital(character);
            case '&' -> isDigit(character) || isCapital(character);
            case '%' -> isDigit(character) || character == 'x';
            default -> character == sign;
        };
    }

    private static boolean isDigit(final int character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isCapital(final int character) {
        return character >= 'A' && character <= 'Z';
    }
}
