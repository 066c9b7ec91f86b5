package io.settlegate.journal.store;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * A file in memory with a page cache above it: what a process reads, and what would be left after a power cut.
 *
 * <p>Guarded by its store.
 */
final class MemoryFile {
    static final int PAGE_LENGTH = 512;

    private final BitSet dirtyPages = new BitSet();
    private byte[] cached = new byte[PAGE_LENGTH];
    private byte[] durable = new byte[PAGE_LENGTH];
    private boolean inDirectory;

    int length() {
        return cached.length;
    }

    void write(final long offset, final byte[] bytes, final int from, final int length) {
        final int end = Math.addExact((int) offset, length);
        if (end > cached.length) {
            final int grown = Math.max(end + PAGE_LENGTH - 1 & -PAGE_LENGTH, cached.length * 2);
            cached = Arrays.copyOf(cached, grown);
            durable = Arrays.copyOf(durable, grown);
        }
        System.arraycopy(bytes, from, cached, (int) offset, length);
        if (length > 0) {
            dirtyPages.set((int) offset / PAGE_LENGTH, (end - 1) / PAGE_LENGTH + 1);
        }
    }

    int read(final long position, final byte[] target, final int offset, final int length) {
        final int count = (int) Math.max(0, Math.min(length, cached.length - position));
        if (count > 0) {
            System.arraycopy(cached, (int) position, target, offset, count);
        }
        return count;
    }

    void force() {
        for (int page = dirtyPages.nextSetBit(0); page >= 0; page = dirtyPages.nextSetBit(page + 1)) {
            persist(page);
        }
        dirtyPages.clear();
        inDirectory = true;
    }

    /** A force that fails: some pages reach the disk, and the kernel calls the others clean all the same. */
    void failForce(final Random random) {
        for (int page = dirtyPages.nextSetBit(0); page >= 0; page = dirtyPages.nextSetBit(page + 1)) {
            if (random.nextBoolean()) {
                persist(page);
            }
        }
        dirtyPages.clear();
    }

    private void persist(final int page) {
        System.arraycopy(cached, page * PAGE_LENGTH, durable, page * PAGE_LENGTH, PAGE_LENGTH);
    }

    /** What a power cut leaves: of the unforced pages a random part; null if not even the name is left. */
    MemoryFile afterPowerCut(final Random random) {
        if (!inDirectory && random.nextBoolean()) {
            return null;
        }
        final int mode = random.nextInt(3);
        for (int page = dirtyPages.nextSetBit(0); page >= 0; page = dirtyPages.nextSetBit(page + 1)) {
            if ((mode == 0 && random.nextBoolean()) || mode == 1) {
                persist(page);
            }
        }
        final MemoryFile left = new MemoryFile();
        left.cached = durable.clone();
        left.durable = durable.clone();
        left.inDirectory = true;
        return left;
    }

    MemoryFile copy() {
        final MemoryFile copy = new MemoryFile();
        copy.cached = cached.clone();
        copy.durable = durable.clone();
        copy.dirtyPages.or(dirtyPages);
        copy.inDirectory = inDirectory;
        return copy;
    }

    /** All bytes as a process reads them. */
    byte[] content() {
        return cached.clone();
    }

    /** Puts other bytes in place of all, on the disk and in the cache. */
    void replace(final byte[] content) {
        cached = content.clone();
        durable = content.clone();
        dirtyPages.clear();
    }

    void flipBit(final long offset, final int bit) {
        cached[(int) offset] ^= (byte) (1 << bit);
        durable[(int) offset] ^= (byte) (1 << bit);
    }

    void zero(final long offset, final int length) {
        Arrays.fill(cached, (int) offset, (int) offset + length, (byte) 0);
        Arrays.fill(durable, (int) offset, (int) offset + length, (byte) 0);
    }

    void truncate(final int length) {
        cached = Arrays.copyOf(cached, length);
        durable = Arrays.copyOf(durable, length);
        dirtyPages.clear();
    }
}
