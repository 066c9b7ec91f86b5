package io.settlegate.gateway.operations;

import io.settlegate.protocol.codec.BusyDecoder;
import io.settlegate.protocol.codec.ChallengeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An operator's connection to a running gateway: signed acts go out, answers come back.
 *
 * <p>One thread, which blocks up to the timeout. After an IOException the connection is of no more use, and what became of the
 * acts that were not answered is unknown.
 */
public final class OperatorClient implements AutoCloseable {
    /** Acts that may be sent ahead of their answers; half of what the gateway allows. */
    public static final int WINDOW_COUNT = 16;

    private final OperatorSocket socket;
    private final String gatewayId;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer();
    private long sentCount;
    private long answeredCount;

    private OperatorClient(final OperatorSocket socket) throws IOException {
        this.socket = socket;
        final byte[] frame = socket.read();
        if (templateId(frame) != ChallengeDecoder.TEMPLATE_ID) {
            throw new IOException("the peer opened with message " + header.templateId() + ", not with a challenge");
        }
        this.gatewayId =
                new ChallengeDecoder().wrapAndApplyHeader(buffer, 0, header).gatewayId();
    }

    /** @throws IOException if nobody listens there, or who listens is no gateway. */
    public static OperatorClient connect(final SocketAddress address, final Duration timeout) throws IOException {
        final OperatorSocket socket = OperatorSocket.connect(address, timeout);
        try {
            return new OperatorClient(socket);
        } catch (final IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Who the peer says it is. An act names the gateway that is meant, so a liar gains nothing by it. */
    public String gatewayId() {
        return gatewayId;
    }

    /** Acts sent and not answered yet. */
    public int pendingCount() {
        return (int) (sentCount - answeredCount);
    }

    /** Sends one act. @return its number on this connection. */
    public long send(final byte[] frame, final int length) throws IOException {
        socket.write(frame, length);
        sentCount++;
        return sentCount;
    }

    /** Sends one act and waits for its answer. No other may be under way. */
    public ActAnswer perform(final SignedAct act) throws IOException {
        final long number = send(act.frame(), act.frame().length);
        final ActAnswer answer = receive();
        if (answer.number() != number) {
            throw new IOException("the peer answered act " + answer.number() + " instead of " + number);
        }
        return answer;
    }

    /** Waits for the next answer. A refusal before the engine may overtake the answers of earlier acts. */
    public ActAnswer receive() throws IOException {
        final byte[] frame = socket.read();
        answeredCount++;
        switch (templateId(frame)) {
            case ReplyDecoder.TEMPLATE_ID -> {
                final ReplyDecoder reply = new ReplyDecoder().wrapAndApplyHeader(buffer, 0, header);
                final long number = reply.correlationId();
                final byte[] outcome = new byte[reply.outcomeLength()];
                reply.getOutcome(outcome, 0, outcome.length);
                final byte[] receipt = new byte[reply.receiptLength()];
                reply.getReceipt(receipt, 0, receipt.length);
                return ActAnswer.of(number, outcome, receipt);
            }
            case RefusalDecoder.TEMPLATE_ID -> {
                final RefusalDecoder refusal = new RefusalDecoder().wrapAndApplyHeader(buffer, 0, header);
                return ActAnswer.notTaken(refusal.correlationId(), ActAnswer.Kind.NOT_TAKEN, refusal.code());
            }
            case BusyDecoder.TEMPLATE_ID -> {
                final BusyDecoder busy = new BusyDecoder().wrapAndApplyHeader(buffer, 0, header);
                return ActAnswer.notTaken(busy.correlationId(), ActAnswer.Kind.BUSY, busy.code());
            }
            default -> throw new IOException("the peer sent message " + header.templateId());
        }
    }

    private int templateId(final byte[] frame) throws IOException {
        if (frame.length < MessageHeaderDecoder.ENCODED_LENGTH) {
            throw new IOException("the peer sent a frame of " + frame.length + " bytes");
        }
        buffer.wrap(frame);
        header.wrap(buffer, 0);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            throw new IOException("the peer speaks schema " + header.schemaId());
        }
        return header.templateId();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
