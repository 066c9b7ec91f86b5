package io.settlegate.protocol.client;

import io.settlegate.protocol.Limits;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Frames over a JDK socket: u32 length, little-endian, then that many bytes.
 *
 * <p>One thread reads; any thread writes, a frame at a time. Both block on the socket and throw what it throws.
 */
final class FrameSocket implements AutoCloseable {
    private static final int READ_BUFFER_LENGTH = 64 * 1024;

    private final Socket socket;
    private final DataInputStream input;
    private final OutputStream output;

    FrameSocket(final InetSocketAddress address, final int connectTimeoutMs, final int readTimeoutMs)
            throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(readTimeoutMs);
            socket.connect(address, connectTimeoutMs);
            input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), READ_BUFFER_LENGTH));
            output = socket.getOutputStream();
        } catch (final IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Waits for a frame. @throws IOException also if the length is none that the protocol allows. */
    byte[] read() throws IOException {
        final int length = Integer.reverseBytes(input.readInt());
        if (length <= 0 || length > Limits.MAX_FRAME_LENGTH) {
            throw new IOException("the peer announced a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        final byte[] frame = new byte[length];
        input.readFully(frame);
        return frame;
    }

    synchronized void write(final byte[] frame, final int length) throws IOException {
        final ByteBuffer bytes =
                ByteBuffer.allocate(Limits.FRAME_LENGTH_LENGTH + length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(length).put(frame, 0, length);
        output.write(bytes.array());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
