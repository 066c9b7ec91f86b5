package io.settlegate.gateway;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.ChallengeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/** A terminal without the client's manners: single frames over a socket. */
final class RawTerminal {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));
    private static final AtomicInteger NUMBERS = new AtomicInteger();

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

    /** Signs in; answers the sign_no. */
    String signIn() throws IOException {
        send(signer.signIn(nextMsgid(), challenge(), "").frame());
        final byte[] outcome = new byte[Limits.MAX_FRAME_LENGTH];
        final ReplyDecoder reply =
                new ReplyDecoder().wrapAndApplyHeader(new UnsafeBuffer(read()), 0, new MessageHeaderDecoder());
        final int length = reply.getOutcome(outcome, 0, outcome.length);
        return new SignInOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome, 0, length), 0, new MessageHeaderDecoder())
                .signNo();
    }

    /** A msgid of now that this terminal did not use before. */
    String nextMsgid() {
        return signer.identity().fixmedinsCode()
                + SECOND.format(Instant.now())
                + String.format("%04d", NUMBERS.incrementAndGet() % 10_000);
    }

    /** The template of the next frame; 0 where the stream ended. */
    int nextTemplate() throws IOException {
        try {
            return new MessageHeaderDecoder().wrap(new UnsafeBuffer(read()), 0).templateId();
        } catch (final EOFException e) {
            return 0;
        }
    }

    /** The next frame: SBE header and body. */
    byte[] read() throws IOException {
        final byte[] frame = new byte[Integer.reverseBytes(input.readInt())];
        input.readFully(frame);
        return frame;
    }
}
