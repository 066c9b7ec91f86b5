package io.settlegate.gateway.settlement;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Finds rows of a {@link FlatTable} by some of their bytes: extendible hashing, so that it grows by one segment at a time and
 * never as a whole.
 *
 * <pre>
 * hash of the key, 64 bits:   directory (its depth, from the top) | ... | tag 7 | home slot 10
 * slot of a segment, an int:  tag 7 | row + 1, 25 bits                   0 is empty
 * </pre>
 *
 * <p>The directory has an entry for each value of the hash's first bits, and names the segment where such keys stand; within
 * a segment, linear probing. A segment that is seven tenths full is split in two by the next bit. The tag keeps a search
 * from touching rows that it does not mean: of those passed, one in 128 is looked at.
 *
 * <p>Owned by the engine's thread. {@link #put} costs at most the hashing of one segment's rows, and a copy of the directory;
 * it can fail for want of memory only, which is an Error and stops the process.
 */
final class KeyIndex {
    /** The most rows that a slot can name. */
    static final int MAX_ROWS = (1 << 25) - 2;

    private static final int ROW_BITS = 25;
    private static final int ROW_MASK = (1 << ROW_BITS) - 1;
    private static final int SLOT_BITS = 10;
    private static final int SLOT_MASK = SlotSegments.SLOTS - 1;
    private static final int SPLIT_USED = SlotSegments.SLOTS * 7 / 10;
    /** What a segment holds on average when room is made for many rows at once: so few that hardly any is then split. */
    private static final int PRESIZED_USED = SlotSegments.SLOTS * 6 / 10;
    /** Deep enough for every row there can be; a segment as deep as this fills up instead of being split. */
    private static final int MAX_DEPTH = 24;

    private final FlatTable table;
    private final int field;
    private final int length;
    private final KeyedHash hash;
    private final SlotSegments segments = new SlotSegments();
    private final int[] moved = new int[SlotSegments.SLOTS];
    private final long[] movedHashes = new long[SlotSegments.SLOTS];
    private int[] directory = new int[2];
    private int depth;
    private int used;

    KeyIndex(final FlatTable table, final int field, final int length, final KeyedHash hash) {
        this.table = table;
        this.field = field;
        this.length = length;
        this.hash = hash;
        clear();
    }

    /** The row of this key, or -1. Allocates nothing. */
    int find(final DirectBuffer key, final int offset) {
        key.boundsCheck(offset, length);
        final byte[] base = key.byteArray();
        final long at = key.addressOffset() + offset;
        return find(base, at, hash.ofKey(base, at, length));
    }

    /** The same for a key at a place as {@link Words} names it, whose hash is known. */
    int find(final byte[] base, final long at, final long keyHash) {
        final int segment = segmentOf(keyHash);
        final int tag = tagOf(keyHash);
        int slot = (int) keyHash & SLOT_MASK;
        for (int entry = segments.get(segment, slot); entry != 0; entry = segments.get(segment, slot)) {
            final int row = (entry & ROW_MASK) - 1;
            if (entry >>> ROW_BITS == tag && Words.equal(base, at, null, table.address(row) + field, length)) {
                return row;
            }
            slot = (slot + 1) & SLOT_MASK;
        }
        return -1;
    }

    /** The hash under which a key at a place as {@link Words} names it is found. */
    long hashOf(final byte[] base, final long at) {
        return hash.ofKey(base, at, length);
    }

    /** Asks for the memory where {@link #find} of such a key begins, and waits for nothing; what it gives says nothing. */
    int touch(final long keyHash) {
        return segments.get(segmentOf(keyHash), (int) keyHash & SLOT_MASK);
    }

    /** The first row with the tag of this hash, of which the row itself is not looked at; -1 if there is none. Allocates nothing. */
    int probable(final long keyHash) {
        final int segment = segmentOf(keyHash);
        final int tag = tagOf(keyHash);
        int slot = (int) keyHash & SLOT_MASK;
        int entry = segments.get(segment, slot);
        while (entry != 0 && entry >>> ROW_BITS != tag) {
            slot = (slot + 1) & SLOT_MASK;
            entry = segments.get(segment, slot);
        }
        return (entry & ROW_MASK) - 1;
    }

    void put(final int row) {
        put(row, hashOf(row));
    }

    /** The same where the hash of the row's key is known. */
    void put(final int row, final long keyHash) {
        int segment = segmentOf(keyHash);
        while (segments.used(segment) >= SPLIT_USED && segments.depth(segment) < MAX_DEPTH) {
            split(segment, keyHash);
            segment = segmentOf(keyHash);
        }
        place(segment, keyHash, row);
        used++;
    }

    /**
     * Makes room in an empty index for so many rows at once, so that hardly a segment is split while they are put.
     */
    void presize(final int rows) {
        int bits = 1;
        while (bits < MAX_DEPTH && (long) PRESIZED_USED << bits < rows) {
            bits++;
        }
        if (directory.length < 1 << bits) {
            directory = new int[1 << bits];
        }
        segments.clear();
        depth = bits;
        for (int i = 0; i < 1 << bits; i++) {
            directory[i] = segments.add(bits);
        }
    }

    /** Puts a row whose key nobody has vouched for; false if one with the same key is there. */
    boolean putDistinct(final int row) {
        final long keyHash = hashOf(row);
        final int segment = segmentOf(keyHash);
        final int tag = tagOf(keyHash);
        final long at = table.address(row) + field;
        int slot = (int) keyHash & SLOT_MASK;
        for (int entry = segments.get(segment, slot); entry != 0; entry = segments.get(segment, slot)) {
            if (entry >>> ROW_BITS == tag
                    && Words.equal(null, at, null, table.address((entry & ROW_MASK) - 1) + field, length)) {
                return false;
            }
            slot = (slot + 1) & SLOT_MASK;
        }
        if (segments.used(segment) < SPLIT_USED) {
            segments.put(segment, slot, tag << ROW_BITS | (row + 1));
            segments.addUsed(segment, 1);
            used++;
        } else {
            put(row);
        }
        return true;
    }

    /** Takes the row out, while it still holds the key under which it was put. */
    void remove(final int row) {
        final long keyHash = hashOf(row);
        final int segment = segmentOf(keyHash);
        int hole = (int) keyHash & SLOT_MASK;
        while ((segments.get(segment, hole) & ROW_MASK) != row + 1) {
            hole = (hole + 1) & SLOT_MASK;
        }
        segments.addUsed(segment, -1);
        used--;
        // Entries behind the hole move up unless that would put them before their home slot.
        int slot = (hole + 1) & SLOT_MASK;
        for (int entry = segments.get(segment, slot); entry != 0; entry = segments.get(segment, slot)) {
            final int home = (int) hashOf((entry & ROW_MASK) - 1) & SLOT_MASK;
            if (((slot - home) & SLOT_MASK) >= ((slot - hole) & SLOT_MASK)) {
                segments.put(segment, hole, entry);
                hole = slot;
            }
            slot = (slot + 1) & SLOT_MASK;
        }
        segments.put(segment, hole, 0);
    }

    /** Drops all rows, keeps the memory; takes no longer for many rows than for few. */
    void clear() {
        segments.clear();
        depth = 1;
        Arrays.fill(directory, 0, 2, segments.add(0));
        used = 0;
    }

    int used() {
        return used;
    }

    /** Memory held, used or not. */
    long bytes() {
        return segments.bytes() + (long) directory.length * Integer.BYTES;
    }

    private void split(final int segment, final long keyHash) {
        final int old = segments.depth(segment);
        if (old == depth) {
            doubleDirectory();
        }
        final int other = segments.add(old + 1);
        segments.deepen(segment);
        // The entries that share the first `old` bits stand side by side; the second half of them is the other's.
        final int span = 1 << (depth - old);
        final int first = directoryIndex(keyHash) & -span;
        Arrays.fill(directory, first + span / 2, first + span, other);
        int count = 0;
        for (int slot = 0; slot < SlotSegments.SLOTS; slot++) {
            final int entry = segments.get(segment, slot);
            if (entry != 0) {
                moved[count] = (entry & ROW_MASK) - 1;
                count++;
            }
        }
        segments.clear(segment);
        // Rows of one segment lie far apart: hashed one after another, with nothing between, they are waited for
        // together.
        for (int i = 0; i < count; i++) {
            movedHashes[i] = hashOf(moved[i]);
        }
        for (int i = 0; i < count; i++) {
            place(segmentOf(movedHashes[i]), movedHashes[i], moved[i]);
        }
    }

    private void doubleDirectory() {
        final int size = 1 << depth;
        if (directory.length == size) {
            directory = Arrays.copyOf(directory, size * 2);
        }
        for (int i = size - 1; i >= 0; i--) {
            directory[2 * i + 1] = directory[i];
            directory[2 * i] = directory[i];
        }
        depth++;
    }

    private void place(final int segment, final long keyHash, final int row) {
        if (segments.used(segment) == SlotSegments.SLOTS - 1) {
            throw new IllegalStateException("a segment of an index is full: its keys have the same hash");
        }
        int slot = (int) keyHash & SLOT_MASK;
        while (segments.get(segment, slot) != 0) {
            slot = (slot + 1) & SLOT_MASK;
        }
        segments.put(segment, slot, tagOf(keyHash) << ROW_BITS | (row + 1));
        segments.addUsed(segment, 1);
    }

    private int segmentOf(final long keyHash) {
        return directory[directoryIndex(keyHash)];
    }

    private int directoryIndex(final long keyHash) {
        return (int) (keyHash >>> (Long.SIZE - depth));
    }

    private static int tagOf(final long keyHash) {
        return (int) (keyHash >>> SLOT_BITS) & 0x7F;
    }

    private long hashOf(final int row) {
        return hash.ofKey(null, table.address(row) + field, length);
    }
}
