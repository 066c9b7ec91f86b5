package io.settlegate.gateway.settlement;

import org.agrona.UnsafeApi;

/**
 * Bytes read and written eight at a time, without a check of each access: the caller has checked the whole range once, or holds
 * memory whose size follows from the row's number. The platform's own copy and fill cost more to call than a field takes here.
 *
 * <pre>
 * place:  base null, at an address off the heap | base an array, at the array's offset plus the index in it
 * </pre>
 *
 * <p>Where a range is no multiple of eight, its last word overlaps the one before. The machine is little-endian, as everywhere
 * the gateway runs. Stateless; allocates nothing.
 */
final class Words {
    private Words() {}

    static long get(final byte[] base, final long at) {
        return UnsafeApi.getLong(base, at);
    }

    static byte getByte(final byte[] base, final long at) {
        return UnsafeApi.getByte(base, at);
    }

    /** The bytes at this place, at most eight, as a word whose upper bytes are zero. */
    static long partial(final byte[] base, final long at, final int length) {
        if (length == Long.BYTES) {
            return UnsafeApi.getLong(base, at);
        }
        if (length >= Integer.BYTES) {
            final int rest = length - Integer.BYTES;
            return Integer.toUnsignedLong(UnsafeApi.getInt(base, at))
                    | (Integer.toUnsignedLong(UnsafeApi.getInt(base, at + rest)) << (rest * Byte.SIZE));
        }
        if (length == 0) {
            return 0;
        }
        final int middle = length >>> 1;
        return Byte.toUnsignedLong(UnsafeApi.getByte(base, at))
                | (Byte.toUnsignedLong(UnsafeApi.getByte(base, at + middle)) << (middle * Byte.SIZE))
                | (Byte.toUnsignedLong(UnsafeApi.getByte(base, at + length - 1)) << ((length - 1) * Byte.SIZE));
    }

    static boolean equal(final byte[] a, final long aAt, final byte[] b, final long bAt, final int length) {
        if (length < Long.BYTES) {
            return partial(a, aAt, length) == partial(b, bAt, length);
        }
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (UnsafeApi.getLong(a, aAt + i) != UnsafeApi.getLong(b, bAt + i)) {
                return false;
            }
        }
        return UnsafeApi.getLong(a, aAt + last) == UnsafeApi.getLong(b, bAt + last);
    }

    static boolean isZero(final byte[] base, final long at, final int length) {
        if (length < Long.BYTES) {
            return partial(base, at, length) == 0;
        }
        final int last = length - Long.BYTES;
        long all = UnsafeApi.getLong(base, at + last);
        for (int i = 0; i < last; i += Long.BYTES) {
            all |= UnsafeApi.getLong(base, at + i);
        }
        return all == 0;
    }

    /** The two ranges must not overlap. */
    static void copy(final byte[] from, final long fromAt, final byte[] to, final long toAt, final int length) {
        if (length < Long.BYTES) {
            putPartial(to, toAt, partial(from, fromAt, length), length);
            return;
        }
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            UnsafeApi.putLong(to, toAt + i, UnsafeApi.getLong(from, fromAt + i));
        }
        UnsafeApi.putLong(to, toAt + last, UnsafeApi.getLong(from, fromAt + last));
    }

    static void clear(final byte[] base, final long at, final int length) {
        if (length < Long.BYTES) {
            putPartial(base, at, 0, length);
            return;
        }
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            UnsafeApi.putLong(base, at + i, 0);
        }
        UnsafeApi.putLong(base, at + last, 0);
    }

    /** Writes the lower bytes of a word, at most eight of them. */
    static void putPartial(final byte[] base, final long at, final long word, final int length) {
        if (length == Long.BYTES) {
            UnsafeApi.putLong(base, at, word);
        } else if (length >= Integer.BYTES) {
            final int rest = length - Integer.BYTES;
            UnsafeApi.putInt(base, at, (int) word);
            UnsafeApi.putInt(base, at + rest, (int) (word >>> (rest * Byte.SIZE)));
        } else {
            for (int i = 0; i < length; i++) {
                UnsafeApi.putByte(base, at + i, (byte) (word >>> (i * Byte.SIZE)));
            }
        }
    }
}
