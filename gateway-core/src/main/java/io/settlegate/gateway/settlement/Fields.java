package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Character fields, padded on the right with zero bytes, read and written in place. Stateless; allocates nothing. */
final class Fields {
    private Fields() {}

    static void putDigits(final MutableDirectBuffer target, final int offset, final long value, final int length) {
        long rest = value;
        for (int i = length - 1; i >= 0; i--) {
            target.putByte(offset + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    static boolean isDigits(final DirectBuffer source, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final byte value = source.getByte(offset + i);
            if (value < '0' || value > '9') {
                return false;
            }
        }
        return true;
    }

    static int number(final DirectBuffer source, final int offset, final int length) {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value * 10 + source.getByte(offset + i) - '0';
        }
        return value;
    }

    static boolean equal(
            final DirectBuffer a, final int aOffset, final DirectBuffer b, final int bOffset, final int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (a.getLong(aOffset + i) != b.getLong(bOffset + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (a.getByte(aOffset + i) != b.getByte(bOffset + i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the longer field holds what the shorter one holds, and zero bytes after it. */
    static boolean equalPadded(
            final DirectBuffer shorter,
            final int shortOffset,
            final int shortLength,
            final DirectBuffer longer,
            final int longOffset,
            final int longLength) {
        return equal(shorter, shortOffset, longer, longOffset, shortLength)
                && isZero(longer, longOffset + shortLength, longLength - shortLength);
    }

    /** Copies a field into a longer one and pads it with zero bytes. */
    static void copyPadded(
            final DirectBuffer shorter,
            final int shortOffset,
            final int shortLength,
            final MutableDirectBuffer longer,
            final int longOffset,
            final int longLength) {
        longer.putBytes(longOffset, shorter, shortOffset, shortLength);
        longer.setMemory(longOffset + shortLength, longLength - shortLength, (byte) 0);
    }

    /** Whether the field holds exactly this ASCII text and zero bytes after it. */
    static boolean holds(final DirectBuffer source, final int offset, final int length, final String text) {
        for (int i = 0; i < length; i++) {
            final int expected = i < text.length() ? text.charAt(i) : 0;
            if (source.getByte(offset + i) != expected) {
                return false;
            }
        }
        return true;
    }

    /** Whether the field is visible ASCII followed by zero bytes only, with at least one character. */
    static boolean isCode(final DirectBuffer source, final int offset, final int length) {
        int end = 0;
        while (end < length && source.getByte(offset + end) > ' ' && source.getByte(offset + end) < 0x7f) {
            end++;
        }
        return end > 0 && isZero(source, offset + end, length - end);
    }

    /** {@link #isCode}, or zero bytes only. */
    static boolean isCodeOrEmpty(final DirectBuffer source, final int offset, final int length) {
        return isZero(source, offset, length) || isCode(source, offset, length);
    }

    static boolean isZero(final DirectBuffer source, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (source.getByte(offset + i) != 0) {
                return false;
            }
        }
        return true;
    }

    static void putText(final MutableDirectBuffer target, final int offset, final int length, final String text) {
        for (int i = 0; i < length; i++) {
            target.putByte(offset + i, (byte) (i < text.length() ? text.charAt(i) : 0));
        }
    }

    /** For messages to the listener and for tools; allocates. */
    static String text(final DirectBuffer source, final int offset, final int length) {
        int end = 0;
        while (end < length && source.getByte(offset + end) != 0) {
            end++;
        }
        return source.getStringWithoutLengthAscii(offset, end);
    }
}
