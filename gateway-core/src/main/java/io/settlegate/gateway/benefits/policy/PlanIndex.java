package io.settlegate.gateway.benefits.policy;

import java.util.Arrays;

/**
 * Finds the plan of insutype, psn_type, and med_type, each a number without leading zeros: of the plans that cover the visit the one
 * that names the longest beginning of the med_type, and of these the one that names the psn_type and not only its group.
 *
 * <p>Open addressing over packed keys; immutable once filled; lookups do not allocate.
 */
final class PlanIndex {
    private static final int LEAST_MED_TYPE = 10;
    private static final int GROUP_DIVISOR = 100;
    private static final long PSN_RANGE = 10_000L;
    private static final long MED_RANGE = 1_000_000L;

    private final long[] keys;
    private final int[] values;
    private final int mask;

    PlanIndex(final int entries) {
        final int capacity = Integer.highestOneBit(Math.max(4, entries) * 4 - 1);
        keys = new long[capacity];
        values = new int[capacity];
        mask = capacity - 1;
        Arrays.fill(keys, -1);
    }

    private static long key(final int insutype, final int psnType, final int medType) {
        return (insutype * PSN_RANGE + psnType) * MED_RANGE + medType;
    }

    /** Keeps a plan for a key; gives the plan that was there before, else -1. */
    int put(final int insutype, final int psnType, final int medType, final int plan) {
        final long key = key(insutype, psnType, medType);
        int slot = slot(key);
        while (keys[slot] >= 0) {
            if (keys[slot] == key) {
                return values[slot];
            }
            slot = (slot + 1) & mask;
        }
        keys[slot] = key;
        values[slot] = plan;
        return -1;
    }

    /** The plan's position, or -1. */
    int find(final int insutype, final int psnType, final int medType) {
        for (int prefix = medType; prefix >= LEAST_MED_TYPE; prefix /= 10) {
            final int exact = get(key(insutype, psnType, prefix));
            if (exact >= 0) {
                return exact;
            }
            if (psnType >= GROUP_DIVISOR) {
                final int group = get(key(insutype, psnType / GROUP_DIVISOR, prefix));
                if (group >= 0) {
                    return group;
                }
            }
        }
        return -1;
    }

    private int get(final long key) {
        int slot = slot(key);
        while (keys[slot] >= 0) {
            if (keys[slot] == key) {
                return values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    private int slot(final long key) {
        final long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & mask;
    }
}
