package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Character fields, padded on the right with zero bytes, read and written in place, eight characters at a time: each range is
 * checked once, then taken by words. Stateless; allocates nothing.
 */
final class Fields {
    private static final long EACH = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;
    private static final long ZEROS = '0' * EACH;
    private static final long UPPER_HALVES = 0xF0F0F0F0F0F0F0F0L;
    /** Added to a byte below 0x80, this makes its top bit say that it is at least '!', and the next, that it is above '~'. */
    private static final long FROM_VISIBLE = (0x80 - '!') * EACH;

    private static final long ABOVE_VISIBLE = (0x80 - 0x7F) * EACH;

    private Fields() {}

    /** Writes the last digits of a number that is not negative, with zeros before it. */
    static void putDigits(final MutableDirectBuffer target, final int offset, final long value, final int length) {
        target.boundsCheck(offset, length);
        final byte[] base = target.byteArray();
        final long at = target.addressOffset() + offset;
        long rest = value;
        int left = length;
        for (; left > Long.BYTES; left -= Long.BYTES) {
            Words.putPartial(base, at + left - Long.BYTES, eightDigits(rest % 100_000_000), Long.BYTES);
            rest /= 100_000_000;
        }
        final long digits = eightDigits(rest % 100_000_000) >>> ((Long.BYTES - left) * Byte.SIZE);
        Words.putPartial(base, at, digits, left);
    }

    /** Eight digits, the first in the lowest byte: the number is halved into fours, twos, and ones of digits in lanes. */
    private static long eightDigits(final long value) {
        final long fours = (value / 10_000) | ((value % 10_000) << Integer.SIZE);
        // 10,486 / 2^20 is a hundredth for numbers of four digits, 103 / 2^10 a tenth for those of two.
        final long hundreds = ((fours * 10_486) >>> 20) & 0x0000_007F_0000_007FL;
        final long twos = hundreds | ((fours - hundreds * 100) << Short.SIZE);
        final long tens = ((twos * 103) >>> 10) & 0x000F_000F_000F_000FL;
        return ZEROS + (tens | ((twos - tens * 10) << Byte.SIZE));
    }

    static boolean isDigits(final DirectBuffer source, final int offset, final int length) {
        source.boundsCheck(offset, length);
        final byte[] base = source.byteArray();
        final long at = source.addressOffset() + offset;
        int i = 0;
        for (; length - i >= Long.BYTES; i += Long.BYTES) {
            if (!areDigits(Words.get(base, at + i))) {
                return false;
            }
        }
        final int rest = length - i;
        // The bytes beyond the field count as zeros of the number's kind.
        return rest == 0 || areDigits(Words.partial(base, at + i, rest) | (ZEROS << (rest * Byte.SIZE)));
    }

    /** A digit's upper half is 3, and stays it when 6 is added. */
    private static boolean areDigits(final long word) {
        return ((word & UPPER_HALVES) | (((word + 6 * EACH) & UPPER_HALVES) >>> 4)) == 0x33 * EACH;
    }

    static int number(final DirectBuffer source, final int offset, final int length) {
        source.boundsCheck(offset, length);
        final byte[] base = source.byteArray();
        final long at = source.addressOffset() + offset;
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value * 10 + Words.getByte(base, at + i) - '0';
        }
        return value;
    }

    static boolean equal(
            final DirectBuffer a, final int aOffset, final DirectBuffer b, final int bOffset, final int length) {
        a.boundsCheck(aOffset, length);
        b.boundsCheck(bOffset, length);
        return Words.equal(
                a.byteArray(), a.addressOffset() + aOffset, b.byteArray(), b.addressOffset() + bOffset, length);
    }

    /** Copies a field between two buffers; the ranges must not overlap. */
    static void copy(
            final DirectBuffer from,
            final int fromOffset,
            final MutableDirectBuffer to,
            final int toOffset,
            final int length) {
        from.boundsCheck(fromOffset, length);
        to.boundsCheck(toOffset, length);
        Words.copy(
                from.byteArray(),
                from.addressOffset() + fromOffset,
                to.byteArray(),
                to.addressOffset() + toOffset,
                length);
    }

    /** Fills a field with zero bytes. */
    static void clear(final MutableDirectBuffer target, final int offset, final int length) {
        target.boundsCheck(offset, length);
        Words.clear(target.byteArray(), target.addressOffset() + offset, length);
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
        copy(shorter, shortOffset, longer, longOffset, shortLength);
        clear(longer, longOffset + shortLength, longLength - shortLength);
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
        source.boundsCheck(offset, length);
        final byte[] base = source.byteArray();
        final long at = source.addressOffset() + offset;
        int i = 0;
        int visible = Long.BYTES;
        for (; length - i >= Long.BYTES && visible == Long.BYTES; i += Long.BYTES) {
            visible = visibleBytes(Words.get(base, at + i));
        }
        if (visible == Long.BYTES && i < length) {
            visible = visibleBytes(Words.partial(base, at + i, length - i));
            i = length;
        }
        return visible >= 0 && (visible > 0 || i > Long.BYTES) && Words.isZero(base, at + i, length - i);
    }

    /** How many bytes of a word, from its first, are visible ASCII; -1 where the others are not all zero. */
    private static int visibleBytes(final long word) {
        final long other = (~(word + FROM_VISIBLE) | (word + ABOVE_VISIBLE) | word) & TOP_BITS;
        final int visible = Long.numberOfTrailingZeros(other) / Byte.SIZE;
        return other == 0 || word >>> (visible * Byte.SIZE) == 0 ? visible : -1;
    }

    /** Whether the field is a code or all zero. */
    static boolean isCodeOrEmpty(final DirectBuffer source, final int offset, final int length) {
        return isZero(source, offset, length) || isCode(source, offset, length);
    }

    static boolean isZero(final DirectBuffer source, final int offset, final int length) {
        source.boundsCheck(offset, length);
        return Words.isZero(source.byteArray(), source.addressOffset() + offset, length);
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
