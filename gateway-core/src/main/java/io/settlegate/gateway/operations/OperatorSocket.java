package io.settlegate.gateway.operations;

import io.settlegate.protocol.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Frames over a Unix or loopback socket: u32 length, little-endian, then that many bytes. Each wait has a deadline, which a
 * blocking channel on a Unix socket could not have.
 *
 * <p>One thread, which blocks up to the deadline.
 */
final class OperatorSocket implements AutoCloseable {
    private static final int READ_BUFFER_LENGTH = 2 * (Limits.FRAME_LENGTH_LENGTH + Limits.MAX_FRAME_LENGTH);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long timeoutNs;
    private final ByteBuffer input = ByteBuffer.allocate(READ_BUFFER_LENGTH)
            .order(ByteOrder.LITTLE_ENDIAN)
            .flip();

    private OperatorSocket(final SocketChannel channel, final Selector selector, final Duration timeout)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.key = channel.register(selector, 0);
        this.timeoutNs = timeout.toNanos();
    }

    /** @param timeout for each frame, either way. */
    static OperatorSocket connect(final SocketAddress address, final Duration timeout) throws IOException {
        final SocketChannel channel = address instanceof InetSocketAddress
                ? SocketChannel.open()
                : SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = null;
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
            final OperatorSocket socket = new OperatorSocket(channel, selector, timeout);
            final long deadlineNs = System.nanoTime() + timeout.toNanos();
            boolean connected = channel.connect(address);
            while (!connected) {
                socket.await(SelectionKey.OP_CONNECT, deadlineNs);
                connected = channel.finishConnect();
            }
            return socket;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
    }

    void write(final byte[] frame, final int length) throws IOException {
        final ByteBuffer output =
                ByteBuffer.allocate(Limits.FRAME_LENGTH_LENGTH + length).order(ByteOrder.LITTLE_ENDIAN);
        output.putInt(length).put(frame, 0, length).flip();
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (output.hasRemaining()) {
            if (channel.write(output) == 0) {
                await(SelectionKey.OP_WRITE, deadlineNs);
            }
        }
    }

    /** Waits for a frame. @throws IOException also if the length is none that the protocol allows. */
    byte[] read() throws IOException {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        fill(Limits.FRAME_LENGTH_LENGTH, deadlineNs);
        final int length = input.getInt();
        if (length <= 0 || length > Limits.MAX_FRAME_LENGTH) {
            throw new IOException("the peer announced a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        fill(length, deadlineNs);
        final byte[] frame = new byte[length];
        input.get(frame);
        return frame;
    }

    private void fill(final int length, final long deadlineNs) throws IOException {
        while (input.remaining() < length) {
            input.compact();
            final int count;
            try {
                count = channel.read(input);
            } finally {
                input.flip();
            }
            if (count < 0) {
                throw new EOFException("the gateway closed the connection");
            }
            if (count == 0) {
                await(SelectionKey.OP_READ, deadlineNs);
            }
        }
    }

    private void await(final int operation, final long deadlineNs) throws IOException {
        final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
        if (leftMs <= 0) {
            throw new SocketTimeoutException("no answer in " + TimeUnit.NANOSECONDS.toSeconds(timeoutNs) + " s");
        }
        key.interestOps(operation);
        selector.select(leftMs);
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
