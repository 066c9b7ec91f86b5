package io.settlegate.loadtest.wire;

import io.settlegate.protocol.Limits;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Connects once, reads the challenge, and hangs up: how the driver learns for which gateway it signs. Blocks for
 * seconds at most.
 */
public final class GatewayProbe {
    private static final int TIMEOUT_MS = (int) Duration.ofSeconds(5).toMillis();

    private GatewayProbe() {}

    public static GatewayMessage.Challenge challenge(final InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            final DataInputStream in = new DataInputStream(socket.getInputStream());
            final int length = Integer.reverseBytes(in.readInt());
            if (length < 0 || length > Limits.MAX_FRAME_LENGTH) {
                throw new IOException(address + " is no gateway: its first frame would have " + length + " bytes");
            }
            final byte[] frame = new byte[length];
            in.readFully(frame);
            if (new GatewayMessageDecoder().decode(frame) instanceof GatewayMessage.Challenge challenge) {
                return challenge;
            }
            throw new IOException(address + " did not open with a challenge");
        } catch (final EOFException e) {
            throw new IOException(address + " closed the connection before its challenge", e);
        }
    }
}
