package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Passes bytes on while the disk has room for the journal's own writes: a snapshot must not be what stops the gateway.
 *
 * <p>One thread; blocks on the channel below, which it closes.
 */
final class RoomyChannel implements WritableByteChannel {
    private static final long LOOK_EACH_LENGTH = 16 << 20;

    private final WritableByteChannel target;
    private final Store store;
    private long sinceLook = LOOK_EACH_LENGTH;

    RoomyChannel(final WritableByteChannel target, final Store store) {
        this.target = target;
        this.store = store;
    }

    @Override
    public int write(final ByteBuffer source) throws IOException {
        sinceLook += source.remaining();
        if (sinceLook >= LOOK_EACH_LENGTH) {
            sinceLook = 0;
            if (!store.space().hasRoomForWrites()) {
                throw new IOException("the disk has only " + store.space().freeLength()
                        + " bytes left, below which the gateway takes no work; make room");
            }
        }
        return target.write(source);
    }

    @Override
    public boolean isOpen() {
        return target.isOpen();
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
