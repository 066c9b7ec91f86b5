package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.desk.RecordsPageMaker;
import io.settlegate.gateway.documents.FixedRandom;
import io.settlegate.gateway.pipeline.UnsignedRequests.Unsigned;
import io.settlegate.gateway.pipeline.WorkedFrame.Sender;
import io.settlegate.gateway.records.JournalIndexing;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.GatewayStartedEncoder;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RecordsPageDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.SettlementQueryDecoder;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The session that the protocol document works through: the real stages behind verify on a founded city, with fixed keys,
 * nonces, and times, so that every byte comes out the same in each run.
 *
 * <p>For one thread.
 */
public final class WorkedSession {
    private static final int START_LENGTH = 128;
    private static final int WINDOW_COUNT = 16;
    private static final int HEARTBEAT_INTERVAL_MS = 20_000;
    private static final int IDLE_TIMEOUT_MS = 60_000;
    private static final long STARTED_MS = FoundedCity.FOUNDED_MS + 60_000;

    private final Path directory;
    private final FoundedCity city;
    private final MemoryStore store;
    private final SynchronousLine line;
    private final ReceiptVerifier receipts;
    private final List<WorkedFrame> frames = new ArrayList<>();
    private final List<WorkedProof> proofs = new ArrayList<>();

    private WorkedSession(final Path directory) throws IOException {
        this.directory = directory;
        city = new FoundedCity(
                directory, new MemoryFaults(0), purpose -> new FixedRandom("settlegate worked session, " + purpose));
        store = city.copy();
        recordStart();
        final RequestSlot[] slots = new RequestSlot[SynchronousLine.MAX_BATCH_SIZE];
        Arrays.setAll(slots, i -> new RequestSlot());
        line = new SynchronousLine(
                store, city.identity(), new PowerFuse(), slots, SynchronousLine.Order.BATCH_BY_BATCH);
        receipts = new ReceiptVerifier(city.gatewayKey(), new BouncyCastleVerifier());
    }

    /**
     * Runs the session of the documents.
     *
     * @param directory for the city's files.
     */
    public static WorkedSession run(final Path directory) throws Exception {
        final WorkedSession session = new WorkedSession(directory);
        new WorkedSteps(session).run();
        return session;
    }

    /** As a gateway's start does: what it promises to sessions is a record. */
    private void recordStart() {
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.REFUSED);
        try (Journal journal = Journal.open(store, city.identity(), DurabilityLevel.BATCH, replay)) {
            final UnsafeBuffer act = new UnsafeBuffer(new byte[START_LENGTH]);
            final GatewayStartedEncoder started = new GatewayStartedEncoder()
                    .wrapAndApplyHeader(act, 0, new io.settlegate.gateway.settlement.codec.MessageHeaderEncoder())
                    .domainTag(ActDomainTag.GATEWAY_ACT)
                    .durability(DurabilityLevel.BATCH.wire().value())
                    .windowCount(WINDOW_COUNT)
                    .maxLines(Limits.MAX_LINES)
                    .maxFrameLength(Limits.MAX_FRAME_LENGTH)
                    .heartbeatIntervalMs(HEARTBEAT_INTERVAL_MS)
                    .idleTimeoutMs(IDLE_TIMEOUT_MS);
            final int length = MessageHeaderDecoder.ENCODED_LENGTH + started.encodedLength();
            FoundedCity.append(journal, replay.engine(), STARTED_MS, act, 0, length);
            journal.commit(replay.engine().stateHashHigh(), replay.engine().stateHashLow());
        }
    }

    // ---- for the steps ----

    TerminalIdentity terminal(final String institution) {
        return city.terminals().stream()
                .filter(terminal -> terminal.fixmedinsCode().equals(institution))
                .findFirst()
                .orElseThrow();
    }

    byte[] newestSeal() {
        return line.journal().durableMark().seal().bytes();
    }

    /** A frame that does not go through the line. */
    void add(final String name, final Sender sender, final byte[] message, final byte[] nonce) {
        frames.add(new WorkedFrame(name, sender, framed(message), nonce));
    }

    /**
     * Sends requests as one batch; each gets its reply.
     *
     * @param shown the request whose frames belong to the session; the others are another terminal's.
     * @return the reply to the request shown.
     */
    ReplyDecoder exchange(
            final String name,
            final List<SignedRequest> batch,
            final SignedRequest shown,
            final byte[] nonce,
            final long arrivalMs)
            throws Exception {
        final byte[] reply = sent(name, batch, shown, arrivalMs);
        add("request " + name, Sender.TERMINAL, shown.frame(), nonce);
        frames.add(new WorkedFrame("reply " + name, Sender.GATEWAY, reply, new byte[0]));
        return proven(name, shown, reply);
    }

    /** Sends a 5203 alone. What the line would hand to the desk is answered by the desk's own code, without its thread. */
    RecordsPageDecoder page(final String name, final SignedRequest query, final byte[] nonce, final long arrivalMs)
            throws Exception {
        final ReplyDecoder reply = reply(sent(name, List.of(query), query, arrivalMs));
        final byte[] outcome = new byte[reply.outcomeLength()];
        reply.getOutcome(outcome, 0, outcome.length);
        final byte[] receipt = new byte[reply.receiptLength()];
        reply.getReceipt(receipt, 0, receipt.length);
        final DeskQuestion question = new DeskQuestion(
                new Inbox(null),
                query.correlationId(),
                SettlementQueryDecoder.TEMPLATE_ID,
                Receipt.decode(receipt).sequence(),
                query.frame(),
                reply.kind(),
                outcome,
                receipt);
        final UnsafeBuffer page = new UnsafeBuffer(new byte[Limits.MAX_FRAME_LENGTH]);
        final int length;
        try (JournalIndexing indexing =
                JournalIndexing.open(store, directory.resolve("index"), RecordIndex.Access.WRITE)) {
            indexing.addAll(sequence -> {});
            length = new RecordsPageMaker(line.journal().newReader())
                    .make(question, indexing.index(), indexing.coveredThrough(), page, 0);
        }
        add("request " + name, Sender.TERMINAL, query.frame(), nonce);
        add("page " + name, Sender.GATEWAY, Arrays.copyOf(page.byteArray(), length), new byte[0]);
        prove(new WorkedProof(name, query.frame(), outcome, receipt));
        final RecordsPageDecoder decoder =
                new RecordsPageDecoder().wrapAndApplyHeader(page, 0, new MessageHeaderDecoder());
        for (final RecordsPageDecoder.RecordsDecoder record : decoder.records()) {
            final byte[] answer = new byte[record.answerLength()];
            record.getAnswer(answer, 0, answer.length);
            final byte[] answerReceipt = new byte[record.answerReceiptLength()];
            record.getAnswerReceipt(answerReceipt, 0, answerReceipt.length);
            prove(new WorkedProof(name + ": record " + record.sequence(), new byte[0], answer, answerReceipt));
        }
        decoder.sbeRewind();
        return decoder;
    }

    private byte[] sent(
            final String name, final List<SignedRequest> batch, final SignedRequest shown, final long arrivalMs)
            throws Exception {
        final List<Unsigned> requests = new ArrayList<>();
        for (final SignedRequest request : batch) {
            assertThat(isSigned(request.frame())).as("signature of %s", name).isTrue();
            requests.add(unsigned(request));
        }
        final List<byte[]> replies = new ArrayList<>();
        line.send(requests, arrivalMs, request -> new Inbox(request.msgid().equals(shown.msgid()) ? replies : null));
        assertThat(replies).as("replies to %s", name).hasSize(1);
        return replies.get(0);
    }

    private static ReplyDecoder reply(final byte[] frame) {
        return new ReplyDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(frame), Limits.FRAME_LENGTH_LENGTH, new MessageHeaderDecoder());
    }

    private ReplyDecoder proven(final String name, final SignedRequest request, final byte[] frame) {
        final ReplyDecoder reply = reply(frame);
        final byte[] sent = reply.kind() == ReplyKind.FIRST ? request.frame() : new byte[0];
        final byte[] outcome = new byte[reply.outcomeLength()];
        reply.getOutcome(outcome, 0, outcome.length);
        final byte[] receipt = new byte[reply.receiptLength()];
        reply.getReceipt(receipt, 0, receipt.length);
        prove(new WorkedProof(name, sent, outcome, receipt));
        final byte[] record = new byte[reply.answerLength()];
        reply.getAnswer(record, 0, record.length);
        final byte[] recordReceipt = new byte[reply.answerReceiptLength()];
        reply.getAnswerReceipt(recordReceipt, 0, recordReceipt.length);
        if (record.length > 0) {
            prove(new WorkedProof(name + ": answer of record", new byte[0], record, recordReceipt));
        }
        reply.sbeRewind();
        return reply;
    }

    private void prove(final WorkedProof proof) {
        final byte[] request = proof.request().length == 0 ? null : proof.request();
        assertThat(receipts.verify(proof.receipt(), proof.outcome(), request).isValid())
                .as("receipt of %s", proof.name())
                .isTrue();
        proofs.add(proof);
    }

    private boolean isSigned(final byte[] request) {
        final Sm2PublicKey key = terminalKey();
        return new BouncyCastleVerifier().verify(key, request, 0, request.length - Sm2Signer.SIGNATURE_LENGTH);
    }

    private static Unsigned unsigned(final SignedRequest request) {
        final UnsafeBuffer buffer = new UnsafeBuffer(request.frame());
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        final var common = new io.settlegate.protocol.codec.RequestHeaderDecoder()
                .wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH);
        return new Unsigned(
                common.sn(), request.msgid(), header.templateId(), request.correlationId(), "", request.frame());
    }

    private static byte[] framed(final byte[] message) {
        return ByteBuffer.allocate(Limits.FRAME_LENGTH_LENGTH + message.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(message.length)
                .put(message)
                .array();
    }

    // ---- for the documents ----

    public List<WorkedFrame> frames() {
        return frames;
    }

    /** The frame of that name. */
    public WorkedFrame frame(final String name) {
        return frames.stream()
                .filter(frame -> frame.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the session has no frame " + name));
    }

    public List<WorkedProof> proofs() {
        return proofs;
    }

    public String gatewayId() {
        return SmallCity.GATEWAY_ID;
    }

    public Sm2PublicKey gatewayKey() {
        return city.gatewayKey();
    }

    /** All terminals of the city have one key. */
    public Sm2PublicKey terminalKey() {
        return city.terminals().get(0).key().publicKey();
    }

    /** All seals from the founding on, signatures included. */
    public List<byte[]> seals() {
        final SealCollector collector = new SealCollector(
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.REFUSED));
        Journal.open(store.afterPowerCut(), city.identity(), DurabilityLevel.BATCH, collector)
                .close();
        return collector.seals();
    }

    /** Keeps replies, or drops them. */
    private record Inbox(List<byte[]> replies) implements Session {
        @Override
        public void enqueue(final DirectBuffer frame, final int length) {
            if (replies != null) {
                final byte[] bytes = new byte[length];
                frame.getBytes(0, bytes);
                replies.add(bytes);
            }
        }

        @Override
        public void signedIn(final TerminalKey key, final long sequence) {
            // The session's frames are what counts here.
        }

        @Override
        public void refused(final ResultCode code) {
            throw new AssertionError("refused before the engine: " + code);
        }
    }
}
