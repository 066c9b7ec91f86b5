package io.settlegate.gateway.settlement;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Finds rows of a {@link FlatTable} by some of their bytes: linear probing, at most half full, row + 1 in each slot.
 *
 * <p>Owned by the engine's thread. {@link #put} cannot throw after {@link #reserve}.
 */
final class KeyIndex {
    private static final int LEAST_SLOTS = 64;
    private static final int DOMAIN = 7;

    private final FlatTable table;
    private final int field;
    private final int length;
    private final KeyedHash hash;
    private int[] slots = new int[LEAST_SLOTS];
    private int used;

    KeyIndex(final FlatTable table, final int field, final int length, final KeyedHash hash) {
        this.table = table;
        this.field = field;
        this.length = length;
        this.hash = hash;
    }

    int find(final DirectBuffer key, final int offset) {
        final int mask = slots.length - 1;
        for (int slot = home(key, offset, mask); slots[slot] != 0; slot = slot + 1 & mask) {
            final int row = slots[slot] - 1;
            if (Fields.equal(key, offset, table.buffer(row), table.offset(row) + field, length)) {
                return row;
            }
        }
        return -1;
    }

    void put(final int row) {
        place(slots, row);
        used++;
    }

    /** Takes the row out, while it still holds the key under which it was put. */
    void remove(final int row) {
        final int mask = slots.length - 1;
        int hole = homeOf(row, mask);
        while (slots[hole] != row + 1) {
            hole = hole + 1 & mask;
        }
        used--;
        // Rows behind the hole move up unless that would put them before their home slot.
        for (int slot = hole + 1 & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            final int home = homeOf(slots[slot] - 1, mask);
            if ((slot - home & mask) >= (slot - hole & mask)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = 0;
    }

    void reserve(final int rows) {
        if (rows <= slots.length / 2) {
            return;
        }
        final int[] larger = new int[Integer.highestOneBit(rows) * 4];
        for (final int entry : slots) {
            if (entry != 0) {
                place(larger, entry - 1);
            }
        }
        slots = larger;
    }

    void clear() {
        Arrays.fill(slots, 0);
        used = 0;
    }

    int used() {
        return used;
    }

    private void place(final int[] target, final int row) {
        final int mask = target.length - 1;
        int slot = homeOf(row, mask);
        while (target[slot] != 0) {
            slot = slot + 1 & mask;
        }
        target[slot] = row + 1;
    }

    private int homeOf(final int row, final int mask) {
        return home(table.buffer(row), table.offset(row) + field, mask);
    }

    private int home(final DirectBuffer key, final int offset, final int mask) {
        return (int) hash.begin(DOMAIN).bytes(key, offset, length).high() & mask;
    }
}
