package io.settlegate.gateway.operations;

/**
 * A set of 64-bit hashes, eight bytes each at 0.35 to 0.7 of its slots: what finds a key that comes twice among millions. Two
 * keys may share a hash, so who finds one looks again.
 *
 * <p>One thread. Grows by doubling.
 */
final class HashedKeys {
    private static final int LEAST_SLOTS = 1024;

    private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;

    private long[] slots = new long[LEAST_SLOTS];
    private int count;

    /** The hash of some cells of a row under a key. */
    static long hash(final long key, final String[] row, final int[] columns) {
        long hash = key;
        for (final int column : columns) {
            final String cell = row[column];
            for (int i = 0; i < cell.length(); i++) {
                hash = (hash ^ cell.charAt(i)) * MULTIPLIER;
                hash ^= hash >>> 29;
            }
            hash = (hash ^ ',') * MULTIPLIER;
        }
        return hash ^ (hash >>> 32);
    }

    /** False if the hash was there. */
    boolean add(final long hash) {
        if (count >= slots.length / 10 * 7) {
            grow();
        }
        final boolean added = place(slots, hash == 0 ? 1 : hash);
        count += added ? 1 : 0;
        return added;
    }

    int count() {
        return count;
    }

    private void grow() {
        final long[] larger = new long[slots.length * 2];
        for (final long hash : slots) {
            if (hash != 0) {
                place(larger, hash);
            }
        }
        slots = larger;
    }

    private static boolean place(final long[] target, final long hash) {
        final int mask = target.length - 1;
        int slot = (int) hash & mask;
        while (target[slot] != 0) {
            if (target[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        target[slot] = hash;
        return true;
    }
}
