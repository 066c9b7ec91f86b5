package io.settlegate.protocol.client;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.BusyDecoder;
import io.settlegate.protocol.codec.ChallengeDecoder;
import io.settlegate.protocol.codec.HeartbeatDecoder;
import io.settlegate.protocol.codec.HeartbeatEncoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.RecordsPageDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.StatementPageDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One signed-in connection: the sign-in on opening, then frames as events.
 *
 * <p>One thread opens it and reads; any thread writes.
 */
final class Connection implements AutoCloseable {
    /** What a frame says. Called by the reading thread. */
    interface Listener {
        void onReply(long correlationId, ReplyDecoder reply);

        void onPage(long correlationId, RecordsPageDecoder page);

        void onFindings(long correlationId, StatementPageDecoder page);

        void onBusy(long correlationId, int retryAfterMs);

        void onRefusal(long correlationId, ResultCode code);
    }

    private static final int SCRATCH_LENGTH = 64;

    private final FrameSocket socket;
    private final Clock clock;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ReplyDecoder reply = new ReplyDecoder();
    private final RecordsPageDecoder page = new RecordsPageDecoder();
    private final StatementPageDecoder findings = new StatementPageDecoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer();

    private Connection(final FrameSocket socket, final Clock clock) {
        this.socket = socket;
        this.clock = clock;
    }

    /**
     * Connects, takes the challenge, signs in.
     *
     * @throws GatewayRefusedException if the gateway refuses the sign-in.
     * @throws IOException if the peer cannot be reached, is another gateway, or breaks the protocol.
     */
    static Opened open(
            final InetSocketAddress address,
            final GatewayEndpoint gateway,
            final RequestSigner signer,
            final ClientTiming timing,
            final Clock clock)
            throws IOException {
        final FrameSocket socket = new FrameSocket(address, timing.connectTimeoutMs(), timing.silenceTimeoutMs());
        try {
            final Connection connection = new Connection(socket, clock);
            final SignedRequest signIn = signer.signIn(
                    new MsgidLane(signer.identity().fixmedinsCode(), 0, 1, clock).next(),
                    connection.nonce(gateway.gatewayId()),
                    "");
            connection.send(signIn);
            return new Opened(connection, signIn, connection.signInAnswer(signIn));
        } catch (final IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** A connection and the answer to its sign-in. */
    record Opened(Connection connection, SignedRequest signIn, Answer answer) {}

    private byte[] nonce(final String expectedGatewayId) throws IOException {
        final byte[] frame = socket.read();
        if (templateId(frame) != ChallengeDecoder.TEMPLATE_ID) {
            throw new IOException("the peer opened with message " + header.templateId() + ", not with a challenge");
        }
        final ChallengeDecoder challenge = new ChallengeDecoder().wrapAndApplyHeader(buffer, 0, header);
        if (!challenge.gatewayId().equals(expectedGatewayId)) {
            throw new IOException("the peer is gateway " + challenge.gatewayId() + ", not " + expectedGatewayId);
        }
        final int version = MessageHeaderEncoder.SCHEMA_VERSION;
        if (version < challenge.minSchemaVersion() || version > challenge.schemaVersion()) {
            throw new IOException("the gateway speaks schema versions " + challenge.minSchemaVersion() + " to "
                    + challenge.schemaVersion() + ", this client " + version);
        }
        final byte[] nonce = new byte[ChallengeDecoder.nonceLength()];
        for (int i = 0; i < nonce.length; i++) {
            nonce[i] = (byte) challenge.nonce(i);
        }
        return nonce;
    }

    private Answer signInAnswer(final SignedRequest signIn) throws IOException {
        final byte[] frame = socket.read();
        switch (templateId(frame)) {
            case ReplyDecoder.TEMPLATE_ID -> {
                reply.wrapAndApplyHeader(buffer, 0, header);
                final Answer answer = answer(signIn.msgid(), reply);
                if (answer.code() != ResultCode.OK) {
                    throw new GatewayRefusedException(answer.code());
                }
                return answer;
            }
            case RefusalDecoder.TEMPLATE_ID ->
                throw new GatewayRefusedException(ResultCode.of(new RefusalDecoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .code()));
            case BusyDecoder.TEMPLATE_ID -> throw new IOException("the gateway is busy");
            default -> throw new IOException("the peer answered sign-in with message " + header.templateId());
        }
    }

    /** Reads one frame and tells the listener. */
    void poll(final Listener listener) throws IOException {
        final byte[] frame = socket.read();
        switch (templateId(frame)) {
            case ReplyDecoder.TEMPLATE_ID -> {
                reply.wrapAndApplyHeader(buffer, 0, header);
                listener.onReply(reply.correlationId(), reply);
            }
            case RecordsPageDecoder.TEMPLATE_ID -> {
                page.wrapAndApplyHeader(buffer, 0, header);
                listener.onPage(page.correlationId(), page);
            }
            case StatementPageDecoder.TEMPLATE_ID -> {
                findings.wrapAndApplyHeader(buffer, 0, header);
                listener.onFindings(findings.correlationId(), findings);
            }
            case BusyDecoder.TEMPLATE_ID -> {
                final BusyDecoder busy = new BusyDecoder().wrapAndApplyHeader(buffer, 0, header);
                listener.onBusy(busy.correlationId(), (int) busy.retryAfterMs());
            }
            case RefusalDecoder.TEMPLATE_ID -> {
                final RefusalDecoder refusal = new RefusalDecoder().wrapAndApplyHeader(buffer, 0, header);
                listener.onRefusal(refusal.correlationId(), ResultCode.of(refusal.code()));
            }
            case HeartbeatDecoder.TEMPLATE_ID -> {
                // It has done its work: the read timeout starts anew.
            }
            default -> throw new IOException("the peer sent message " + header.templateId());
        }
    }

    /** The outcome, receipt, and record of a reply, copied. The variable fields are read in the schema's order. */
    static Answer answer(final String msgid, final ReplyDecoder reply) {
        final var kind = reply.kind();
        final var state = reply.state();
        final byte[] outcome = new byte[reply.outcomeLength()];
        reply.getOutcome(outcome, 0, outcome.length);
        final byte[] receipt = new byte[reply.receiptLength()];
        reply.getReceipt(receipt, 0, receipt.length);
        final byte[] recordOutcome = new byte[reply.answerLength()];
        reply.getAnswer(recordOutcome, 0, recordOutcome.length);
        final byte[] recordReceipt = new byte[reply.answerReceiptLength()];
        reply.getAnswerReceipt(recordReceipt, 0, recordReceipt.length);
        return Answer.reply(msgid, kind, state, outcome, receipt, recordOutcome, recordReceipt);
    }

    /** The records, outcome, and receipt of a page, copied. */
    static Answer answer(final String msgid, final RecordsPageDecoder page) {
        final var kind = page.kind();
        final long asOfSequence = page.asOfSequence();
        final long nextAfterSequence = page.nextAfterSequence();
        final List<RecordAnswer> records = new ArrayList<>();
        for (final RecordsPageDecoder.RecordsDecoder record : page.records()) {
            records.add(record(record));
        }
        final byte[] outcome = new byte[page.outcomeLength()];
        page.getOutcome(outcome, 0, outcome.length);
        final byte[] receipt = new byte[page.receiptLength()];
        page.getReceipt(receipt, 0, receipt.length);
        return Answer.page(msgid, kind, outcome, receipt, new RecordPage(asOfSequence, nextAfterSequence, records));
    }

    private static RecordAnswer record(final RecordsPageDecoder.RecordsDecoder record) {
        final long sequence = record.sequence();
        final var state = record.state();
        final long undoneBySequence = record.undoneBySequence();
        final byte[] commandHash = new byte[RecordsPageDecoder.RecordsDecoder.commandHashLength()];
        for (int i = 0; i < commandHash.length; i++) {
            commandHash[i] = (byte) record.commandHash(i);
        }
        final byte[] outcome = new byte[record.answerLength()];
        record.getAnswer(outcome, 0, outcome.length);
        final byte[] receipt = new byte[record.answerReceiptLength()];
        record.getAnswerReceipt(receipt, 0, receipt.length);
        return new RecordAnswer(
                sequence,
                state,
                undoneBySequence,
                commandHash,
                Answer.reply(
                        Answer.msgidOf(outcome), ReplyKind.REPEAT, state, outcome, receipt, new byte[0], new byte[0]));
    }

    void send(final SignedRequest request) throws IOException {
        socket.write(request.frame(), request.frame().length);
    }

    void heartbeat() throws IOException {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[SCRATCH_LENGTH]);
        final HeartbeatEncoder heartbeat = new HeartbeatEncoder()
                .wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder())
                .correlationId(0)
                .timeMs(clock.millis());
        socket.write(frame.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + heartbeat.encodedLength());
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
