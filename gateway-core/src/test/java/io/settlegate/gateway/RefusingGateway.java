package io.settlegate.gateway;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.ChallengeEncoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.RefusalEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/** A gateway that lets nobody in: it opens with a challenge and refuses each sign-in with one code. Daemon threads. */
final class RefusingGateway implements AutoCloseable {
    private static final int SCRATCH_LENGTH = 1_024;

    private final ServerSocket listener;
    private final AtomicInteger signInCount = new AtomicInteger();
    private volatile ResultCode code;

    RefusingGateway(final InetSocketAddress address, final ResultCode code) throws IOException {
        this.code = code;
        this.listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(address);
        final Thread thread = new Thread(this::accept, "refusing-gateway");
        thread.setDaemon(true);
        thread.start();
    }

    void refuseWith(final ResultCode newCode) {
        code = newCode;
    }

    int signInCount() {
        return signInCount.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket terminal = listener.accept()) {
                terminal.getOutputStream().write(challenge());
                final DataInputStream input = new DataInputStream(terminal.getInputStream());
                input.readNBytes(Integer.reverseBytes(input.readInt()));
                signInCount.incrementAndGet();
                terminal.getOutputStream().write(refusal());
                // The terminal hangs up when it has read why.
                input.read();
            } catch (final IOException e) {
                // The terminal has hung up, or the listener was closed.
            }
        }
    }

    private static byte[] challenge() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SCRATCH_LENGTH]);
        final ChallengeEncoder challenge = new ChallengeEncoder()
                .wrapAndApplyHeader(buffer, Limits.FRAME_LENGTH_LENGTH, new MessageHeaderEncoder())
                .gatewayId(SmallCity.GATEWAY_ID)
                .timeMs(0)
                .minSchemaVersion(1)
                .schemaVersion(MessageHeaderEncoder.SCHEMA_VERSION);
        challenge.putNewestSeal(new byte[0], 0, 0);
        return framed(buffer, challenge.encodedLength());
    }

    private byte[] refusal() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SCRATCH_LENGTH]);
        final RefusalEncoder refusal = new RefusalEncoder()
                .wrapAndApplyHeader(buffer, Limits.FRAME_LENGTH_LENGTH, new MessageHeaderEncoder())
                .correlationId(1)
                .msgid("")
                .code(code.code());
        return framed(buffer, refusal.encodedLength());
    }

    private static byte[] framed(final UnsafeBuffer buffer, final int bodyLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
        buffer.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
        return Arrays.copyOf(buffer.byteArray(), Limits.FRAME_LENGTH_LENGTH + length);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
