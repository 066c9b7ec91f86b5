package io.settlegate.journal.store;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Reads a snapshot in memory. One thread at a time. */
final class MemorySnapshotChannel implements SeekableByteChannel {
    private final MemoryStore store;
    private final MemorySnapshot file;
    private long position;
    private boolean open = true;

    MemorySnapshotChannel(final MemoryStore store, final MemorySnapshot file) {
        this.store = store;
        this.file = file;
    }

    @Override
    public int read(final ByteBuffer target) {
        synchronized (store) {
            final byte[] bytes = new byte[target.remaining()];
            final int count = file.read((int) Math.min(position, Integer.MAX_VALUE), bytes);
            target.put(bytes, 0, count);
            position += count;
            return count == 0 && bytes.length > 0 ? -1 : count;
        }
    }

    @Override
    public int write(final ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(final long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        synchronized (store) {
            return file.length();
        }
    }

    @Override
    public SeekableByteChannel truncate(final long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
