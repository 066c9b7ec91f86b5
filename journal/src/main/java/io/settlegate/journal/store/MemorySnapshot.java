package io.settlegate.journal.store;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * One snapshot in memory with a page cache above it: what a process reads, and what a power cut would leave.
 *
 * <p>Guarded by its store.
 */
final class MemorySnapshot {
    private static final int PAGE_LENGTH = MemoryFile.PAGE_LENGTH;

    private final BitSet dirtyPages = new BitSet();
    private byte[] cached = new byte[PAGE_LENGTH];
    private byte[] durable = new byte[PAGE_LENGTH];
    private int length;
    private int durableLength;
    private boolean isNameForced;

    int length() {
        return length;
    }

    void append(final byte[] bytes, final int count) {
        final int end = Math.addExact(length, count);
        if (end > cached.length) {
            final int grown = Math.max(end, cached.length * 2) + PAGE_LENGTH - 1 & -PAGE_LENGTH;
            cached = Arrays.copyOf(cached, grown);
            durable = Arrays.copyOf(durable, grown);
        }
        System.arraycopy(bytes, 0, cached, length, count);
        if (count > 0) {
            dirtyPages.set(length / PAGE_LENGTH, (end - 1) / PAGE_LENGTH + 1);
        }
        length = end;
    }

    int read(final int position, final byte[] target) {
        final int count = Math.max(0, Math.min(target.length, length - position));
        System.arraycopy(cached, Math.min(position, length), target, 0, count);
        return count;
    }

    void force() {
        persist(dirtyPages);
        dirtyPages.clear();
        durableLength = length;
    }

    /** Some pages reach the disk, and the kernel calls the others clean all the same. */
    void failForce(final Random random) {
        persist(some(random));
        dirtyPages.clear();
        durableLength = length;
    }

    void nameForced() {
        isNameForced = true;
    }

    /** What a power cut leaves; null if not even the name is left. */
    MemorySnapshot afterPowerCut(final Random random) {
        if (!isNameForced && random.nextBoolean()) {
            return null;
        }
        persist(random.nextBoolean() ? some(random) : new BitSet());
        final MemorySnapshot left = new MemorySnapshot();
        left.length = random.nextBoolean() ? length : durableLength;
        left.cached = durable.clone();
        left.durable = durable.clone();
        left.durableLength = left.length;
        left.isNameForced = true;
        return left;
    }

    private BitSet some(final Random random) {
        final BitSet some = new BitSet();
        dirtyPages.stream().filter(page -> random.nextBoolean()).forEach(some::set);
        return some;
    }

    private void persist(final BitSet pages) {
        pages.stream()
                .forEach(
                        page -> System.arraycopy(cached, page * PAGE_LENGTH, durable, page * PAGE_LENGTH, PAGE_LENGTH));
    }

    MemorySnapshot copy() {
        final MemorySnapshot copy = new MemorySnapshot();
        copy.dirtyPages.or(dirtyPages);
        copy.cached = cached.clone();
        copy.durable = durable.clone();
        copy.length = length;
        copy.durableLength = durableLength;
        copy.isNameForced = isNameForced;
        return copy;
    }

    /** All bytes as a process reads them. */
    byte[] content() {
        return Arrays.copyOf(cached, length);
    }

    void flipBit(final int offset, final int bit) {
        cached[offset] ^= (byte) (1 << bit);
        durable[offset] ^= (byte) (1 << bit);
    }

    void truncate(final int count) {
        Arrays.fill(cached, Math.min(count, length), length, (byte) 0);
        Arrays.fill(durable, Math.min(count, length), length, (byte) 0);
        length = Math.min(count, length);
        durableLength = length;
    }
}
