package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A {@link RawFile} on the disk, opened for reading only. */
final class DiskFile implements RawFile {
    private final Path path;
    private final FileChannel channel;

    DiskFile(final Path path) {
        this.path = path;
        try {
            this.channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (final IOException e) {
            throw new StoreException("cannot open " + path + ": " + e, e);
        }
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public long length() {
        try {
            return channel.size();
        } catch (final IOException e) {
            throw new StoreException("cannot read the length of " + path + ": " + e, e);
        }
    }

    @Override
    public int read(final long position, final byte[] target, final int offset, final int length) {
        try {
            return Math.max(0, channel.read(ByteBuffer.wrap(target, offset, length), position));
        } catch (final IOException e) {
            throw new StoreException("cannot read " + path + " at " + position + ": " + e + "; check the disk", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new StoreException("cannot close " + path + ": " + e, e);
        }
    }
}
