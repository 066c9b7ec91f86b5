package io.settlegate.journal;

import io.settlegate.journal.store.SealHashFile;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm3;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The hashes that were kept when segments were archived and removed. One thread; blocks on the disk. */
public final class ArchivedSeals implements EarlierSeals {
    private static final int BLOCK_COUNT = 4096;

    private final SealHashFile file;
    private final long count;
    private byte[] block = new byte[0];
    private long blockStart;

    private ArchivedSeals(final SealHashFile file, final long count) {
        this.file = file;
        this.count = count;
    }

    /** Those of a journal; none where nothing was removed. */
    public static EarlierSeals of(final Store store, final SealHashFile file) {
        final long count = ArchivedCut.sealCount(store);
        return count == 0 ? NONE : new ArchivedSeals(file, count);
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public void copyHash(final long number, final byte[] target, final int offset) {
        if (number < 0 || number >= count) {
            throw new IndexOutOfBoundsException("the hash of seal " + number + " is not among the " + count + " kept");
        }
        if (number < blockStart || number >= blockStart + block.length / Sm3.LENGTH) {
            try {
                block = file.read(number, (int) Math.min(BLOCK_COUNT, count - number));
                blockStart = number;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        System.arraycopy(block, (int) (number - blockStart) * Sm3.LENGTH, target, offset, Sm3.LENGTH);
    }
}
