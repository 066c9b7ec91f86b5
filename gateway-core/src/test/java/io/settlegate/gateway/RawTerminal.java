package io.settlegate.gateway;

import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.ChallengeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Clock;
import org.agrona.concurrent.UnsafeBuffer;

/** A terminal without the client's manners: single frames over a socket. */
final class RawTerminal {
    private final Socket socket;
    private final DataInputStream input;
    private final RequestSigner signer;

    RawTerminal(final Socket socket, final TerminalIdentity identity) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(socket.getInputStream());
        this.signer = new RequestSigner(identity, SmallCity.GATEWAY_ID, Clock.systemUTC(), new SecureRandom());
    }

    RequestSigner signer() {
        return signer;
    }

    /** Reads the challenge and answers its nonce. */
    byte[] challenge() throws IOException {
        final ChallengeDecoder challenge =
                new ChallengeDecoder().wrapAndApplyHeader(new UnsafeBuffer(read()), 0, new MessageHeaderDecoder());
        final byte[] nonce = new byte[ChallengeDecoder.nonceLength()];
        for (int i = 0; i < nonce.length; i++) {
            nonce[i] = (byte) challenge.nonce(i);
        }
        return nonce;
    }

    void send(final byte[] frame) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(4 + frame.length).order(ByteOrder.LITTLE_ENDIAN);
        socket.getOutputStream().write(bytes.putInt(frame.length).put(frame).array());
    }

    /** Reads a refusal and answers its code. */
    int refusalCode() throws IOException {
        return new RefusalDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(read()), 0, new MessageHeaderDecoder())
                .code();
    }

    void skipFrame() throws IOException {
        read();
    }

    /** The next frame: SBE header and body. */
    byte[] read() throws IOException {
        final byte[] frame = new byte[Integer.reverseBytes(input.readInt())];
        input.readFully(frame);
        return frame;
    }
}
