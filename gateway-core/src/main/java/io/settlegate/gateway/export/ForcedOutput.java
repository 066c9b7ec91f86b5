package io.settlegate.gateway.export;

import io.settlegate.journal.store.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A new file whose bytes are on the disk once it is closed. One thread; closing blocks on the disk. */
final class ForcedOutput extends OutputStream {
    private static final int BUFFER_LENGTH = 256 * 1024;

    private final FileChannel channel;
    private boolean isClosed;

    private ForcedOutput(final FileChannel channel) {
        this.channel = channel;
    }

    /** Whatever stood at this name before is gone. */
    static OutputStream create(final Path file) throws IOException {
        return new BufferedOutputStream(new ForcedOutput(PrivateFiles.create(file)), BUFFER_LENGTH);
    }

    @Override
    public void write(final int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            try (channel) {
                channel.force(true);
            }
        }
    }
}
