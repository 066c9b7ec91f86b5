package io.settlegate.loadtest;

import io.settlegate.loadtest.books.Totals;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.BusyEncoder;
import io.settlegate.protocol.codec.ChallengeEncoder;
import io.settlegate.protocol.codec.Durability;
import io.settlegate.protocol.codec.HeartbeatDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PersonInfoDecoder;
import io.settlegate.protocol.codec.PersonInfoOutcomeEncoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeEncoder;
import io.settlegate.protocol.codec.PharmacyPresettleDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleOutcomeEncoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeEncoder;
import io.settlegate.protocol.codec.QueryByMsgidDecoder;
import io.settlegate.protocol.codec.QueryOutcomeEncoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReplyEncoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.ReversalDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeEncoder;
import io.settlegate.protocol.codec.SignInDecoder;
import io.settlegate.protocol.codec.SignInOutcomeEncoder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A gateway of paper: it speaks the protocol, pays ten fen of each settlement from the fund, and can be told to fail
 * in the ways that the checkers are to find. It checks no signature and gives empty receipts.
 *
 * <p>A thread for each connection; everything they share is guarded by this object.
 */
public final class FakeGateway implements AutoCloseable {
    /** How it fails, from the moment it is told. */
    public enum Fault {
        /** It does not. */
        NONE,
        /** It answers every fiftieth settlement and forgets it. */
        LOSE,
        /** It settles a repeat again. */
        DOUBLE,
        /** A query finds other bytes than were answered first. */
        DIFFER
    }

    private static final int STRIDE = 50;
    private static final long FUND_FEN = 10;
    private static final int EMPTY = 0;

    private final Map<String, byte[]> outcomes = new HashMap<>();
    private final Map<String, Long> settledFen = new HashMap<>();
    private final Map<String, RecordState> states = new HashMap<>();
    private final List<Socket> sockets = new ArrayList<>();
    private ServerSocket listener;
    private Fault fault = Fault.NONE;
    private long sequence;
    private long settlementCount;
    private long reversalCount;
    private long fundFen;
    private long cashFen;
    private int unheardEvery = Integer.MAX_VALUE;
    private int nextLane;
    private long cancelCount;
    private long requestCount;
    private long stallAtRequest = Long.MAX_VALUE;
    private long stallMs;
    private int busyEvery = Integer.MAX_VALUE;
    private int retryAfterMs;
    private long tooEarlyCount;

    public FakeGateway() throws IOException {
        restart();
    }

    /** Where it listens since the last start. */
    public synchronized InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    public synchronized void failBy(final Fault newFault) {
        fault = newFault;
    }

    /** From now on every n-th settlement or reversal is made and not answered, as if the kill had come in between. */
    public synchronized void leaveUnheard(final int every) {
        unheardEvery = every;
    }

    /** At the n-th request from now all connections stand still for a time, once. */
    public synchronized void stall(final int afterRequests, final long timeMs) {
        stallAtRequest = requestCount + afterRequests;
        stallMs = timeMs;
    }

    /** From now on every n-th request is not taken: BUSY. */
    public synchronized void beBusy(final int every, final int newRetryAfterMs) {
        busyEvery = every;
        retryAfterMs = newRetryAfterMs;
    }

    /** Requests that came on a connection that had been told to wait longer. */
    public synchronized long tooEarlyCount() {
        return tooEarlyCount;
    }

    public synchronized long cancelCount() {
        return cancelCount;
    }

    /** Ends all connections; what was settled stays, as in a journal. */
    public synchronized void kill() throws IOException {
        listener.close();
        for (final Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
        unheardEvery = Integer.MAX_VALUE;
    }

    public synchronized void restart() throws IOException {
        listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        final ServerSocket accepting = listener;
        daemon(() -> accept(accepting));
    }

    public synchronized Totals totals() {
        return new Totals(settlementCount, reversalCount, fundFen, 0, cashFen);
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private static void daemon(final Runnable task) {
        final Thread thread = new Thread(task, "fake-gateway");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(final ServerSocket accepting) {
        while (true) {
            try {
                final Socket socket = accepting.accept();
                synchronized (this) {
                    sockets.add(socket);
                }
                daemon(() -> serve(socket));
            } catch (final IOException closed) {
                return;
            }
        }
    }

    private void serve(final Socket socket) {
        try (socket) {
            final DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            final OutputStream out = socket.getOutputStream();
            out.write(challenge());
            long quietUntilNs = System.nanoTime();
            while (true) {
                final byte[] frame = new byte[Integer.reverseBytes(in.readInt())];
                in.readFully(frame);
                stallIfDue();
                if (isBusy(frame)) {
                    // From before the answer, so that a peer that keeps the time cannot look early.
                    quietUntilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(retryAfterMs);
                    out.write(busy(frame));
                    continue;
                }
                noteIfBefore(quietUntilNs);
                final byte[] answer = answer(frame);
                if (answer.length > 0) {
                    out.write(answer);
                }
            }
        } catch (final IOException closed) {
            // The client or kill() has ended the connection.
            return;
        }
    }

    private synchronized void stallIfDue() throws IOException {
        requestCount++;
        if (requestCount == stallAtRequest) {
            try {
                TimeUnit.MILLISECONDS.sleep(stallMs);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    private synchronized boolean isBusy(final byte[] frame) {
        return requestCount % busyEvery == 0 && templateId(frame) != SignInDecoder.TEMPLATE_ID;
    }

    private synchronized void noteIfBefore(final long quietUntilNs) {
        if (System.nanoTime() - quietUntilNs < 0) {
            tooEarlyCount++;
        }
    }

    private static int templateId(final byte[] frame) {
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(frame), 0).templateId();
    }

    private byte[] busy(final byte[] frame) {
        final RequestHeaderDecoder header =
                new RequestHeaderDecoder().wrap(new UnsafeBuffer(frame), MessageHeaderDecoder.ENCODED_LENGTH);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final BusyEncoder busy = new BusyEncoder()
                .wrapAndApplyHeader(buffer, 4, new MessageHeaderEncoder())
                .correlationId(header.correlationId())
                .msgid(header.msgid())
                .code(201)
                .retryAfterMs(retryAfterMs);
        return framed(buffer, busy.encodedLength());
    }

    private static byte[] challenge() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final ChallengeEncoder encoder =
                new ChallengeEncoder().wrapAndApplyHeader(buffer, 4, new MessageHeaderEncoder());
        encoder.gatewayId("FAKE").timeMs(0).minSchemaVersion(1).schemaVersion(1).putNonce(new byte[32], 0, 32);
        encoder.putNewestSeal(new byte[0], 0, 0);
        return framed(buffer, encoder.encodedLength());
    }

    private synchronized byte[] answer(final byte[] frame) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final MessageHeaderDecoder type = new MessageHeaderDecoder().wrap(buffer, 0);
        if (type.templateId() == HeartbeatDecoder.TEMPLATE_ID) {
            return new byte[EMPTY];
        }
        final RequestHeaderDecoder header =
                new RequestHeaderDecoder().wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH);
        final String msgid = header.msgid();
        final byte[] first = outcomes.get(msgid);
        if (first != null && fault != Fault.DOUBLE) {
            return reply(header.correlationId(), ReplyKind.REPEAT, first, new byte[EMPTY]);
        }
        sequence++;
        return switch (type.templateId()) {
            case SignInDecoder.TEMPLATE_ID ->
                reply(header.correlationId(), ReplyKind.FIRST, signIn(msgid), new byte[EMPTY]);
            case PersonInfoDecoder.TEMPLATE_ID ->
                reply(header.correlationId(), ReplyKind.FIRST, personInfo(msgid), new byte[EMPTY]);
            case QueryByMsgidDecoder.TEMPLATE_ID -> query(header.correlationId(), msgid, buffer, type);
            case PharmacySettleDecoder.TEMPLATE_ID -> settle(header.correlationId(), msgid, buffer, type);
            case ReversalDecoder.TEMPLATE_ID -> reverse(header.correlationId(), msgid, buffer, type);
            case PharmacyPresettleDecoder.TEMPLATE_ID ->
                reply(header.correlationId(), ReplyKind.FIRST, presettle(msgid), new byte[EMPTY]);
            case PharmacyCancelDecoder.TEMPLATE_ID -> cancel(header.correlationId(), msgid, buffer, type);
            default -> throw new IllegalStateException("template " + type.templateId());
        };
    }

    private byte[] settle(
            final long correlationId, final String msgid, final UnsafeBuffer buffer, final MessageHeaderDecoder type) {
        final PharmacySettleDecoder request = new PharmacySettleDecoder().wrapAndApplyHeader(buffer, 0, type);
        final long sumFen = request.medfeeSumamtFen();
        final UnsafeBuffer target = new UnsafeBuffer(new byte[2048]);
        final PharmacySettleOutcomeEncoder encoder =
                new PharmacySettleOutcomeEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.header()
                .code(0)
                .infno("2102")
                .msgid(msgid)
                .infRefmsgid("")
                .sequence(sequence)
                .timeMs(sequence);
        encoder.setlId(msgid)
                .psnNo(request.psnNo())
                .fundPaySumamtFen(FUND_FEN)
                .acctPayFen(0)
                .psnCashPayFen(sumFen - FUND_FEN)
                .detlcutinfoCount(0);
        final byte[] outcome = bytes(target, encoder.encodedLength());
        settlementCount++;
        fundFen += FUND_FEN;
        cashFen += sumFen - FUND_FEN;
        if (fault != Fault.LOSE || settlementCount % STRIDE != 0) {
            outcomes.put(msgid, outcome);
            settledFen.put(msgid, sumFen);
            states.put(msgid, RecordState.DONE);
        }
        return heard(correlationId, outcome);
    }

    private byte[] reverse(
            final long correlationId, final String msgid, final UnsafeBuffer buffer, final MessageHeaderDecoder type) {
        final String omsgid =
                new ReversalDecoder().wrapAndApplyHeader(buffer, 0, type).omsgid();
        final Long sumFen = settledFen.remove(omsgid);
        final UnsafeBuffer target = new UnsafeBuffer(new byte[2048]);
        final ReversalOutcomeEncoder encoder =
                new ReversalOutcomeEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.header()
                .code(0)
                .infno("2601")
                .msgid(msgid)
                .infRefmsgid("")
                .sequence(sequence)
                .timeMs(sequence);
        encoder.omsgid(omsgid).oinfno("2102").effect(sumFen == null ? ReversalEffect.MARKED : ReversalEffect.REVERSED);
        encoder.fundPaySumamtFen(sumFen == null ? 0 : -FUND_FEN).acctPayFen(0);
        encoder.psnCashPayFen(sumFen == null ? 0 : FUND_FEN - sumFen);
        if (sumFen != null) {
            reversalCount++;
            fundFen -= FUND_FEN;
            cashFen -= sumFen - FUND_FEN;
            states.put(omsgid, RecordState.REVERSED);
        }
        final byte[] outcome = bytes(target, encoder.encodedLength());
        outcomes.put(msgid, outcome);
        states.put(msgid, RecordState.DONE);
        return heard(correlationId, outcome);
    }

    private byte[] presettle(final String msgid) {
        final UnsafeBuffer target = new UnsafeBuffer(new byte[2048]);
        final PharmacyPresettleOutcomeEncoder encoder =
                new PharmacyPresettleOutcomeEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.header()
                .code(0)
                .infno("2101")
                .msgid(msgid)
                .infRefmsgid("")
                .sequence(sequence)
                .timeMs(sequence);
        encoder.fundPaySumamtFen(FUND_FEN).detlcutinfoCount(0);
        return bytes(target, encoder.encodedLength());
    }

    /** The setl_id of this gateway's settlements is their msgid. */
    private byte[] cancel(
            final long correlationId, final String msgid, final UnsafeBuffer buffer, final MessageHeaderDecoder type) {
        final String setlId =
                new PharmacyCancelDecoder().wrapAndApplyHeader(buffer, 0, type).setlId();
        final Long sumFen = settledFen.remove(setlId);
        final UnsafeBuffer target = new UnsafeBuffer(new byte[2048]);
        final PharmacyCancelOutcomeEncoder encoder =
                new PharmacyCancelOutcomeEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.header()
                .code(sumFen == null ? 703 : 0)
                .infno("2103")
                .msgid(msgid)
                .infRefmsgid("")
                .sequence(sequence)
                .timeMs(sequence);
        encoder.setlId(msgid).originalSetlId(setlId).acctPayFen(0);
        encoder.fundPaySumamtFen(sumFen == null ? 0 : -FUND_FEN).psnCashPayFen(sumFen == null ? 0 : FUND_FEN - sumFen);
        if (sumFen != null) {
            cancelCount++;
            fundFen -= FUND_FEN;
            cashFen -= sumFen - FUND_FEN;
        }
        return reply(correlationId, ReplyKind.FIRST, bytes(target, encoder.encodedLength()), new byte[EMPTY]);
    }

    private byte[] heard(final long correlationId, final byte[] outcome) {
        return (settlementCount + reversalCount) % unheardEvery == 0
                ? new byte[EMPTY]
                : reply(correlationId, ReplyKind.FIRST, outcome, new byte[EMPTY]);
    }

    private byte[] query(
            final long correlationId, final String msgid, final UnsafeBuffer buffer, final MessageHeaderDecoder type) {
        final String omsgid =
                new QueryByMsgidDecoder().wrapAndApplyHeader(buffer, 0, type).omsgid();
        final byte[] found = outcomes.getOrDefault(omsgid, new byte[EMPTY]).clone();
        if (fault == Fault.DIFFER && found.length > 0 && sequence % STRIDE == 0) {
            found[found.length - 10] ^= 1;
        }
        final UnsafeBuffer target = new UnsafeBuffer(new byte[1024]);
        final QueryOutcomeEncoder encoder =
                new QueryOutcomeEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.header()
                .code(0)
                .infno("101")
                .msgid(msgid)
                .infRefmsgid("")
                .sequence(sequence)
                .timeMs(sequence);
        encoder.omsgid(omsgid)
                .state(states.getOrDefault(omsgid, RecordState.NOT_SEEN))
                .firstSequence(1);
        return reply(correlationId, ReplyKind.FIRST, bytes(target, encoder.encodedLength()), found);
    }

    private byte[] signIn(final String msgid) {
        final UnsafeBuffer target = new UnsafeBuffer(new byte[1024]);
        final SignInOutcomeEncoder encoder =
                new SignInOutcomeEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.header()
                .code(0)
                .infno("9001")
                .msgid(msgid)
                .infRefmsgid("")
                .sequence(sequence)
                .timeMs(sequence);
        encoder.signNo("1")
                .durability(Durability.NONE)
                .windowCount(16)
                .laneFirst(nextLane * Limits.LANE_COUNT)
                .laneCount(Limits.LANE_COUNT);
        nextLane = (nextLane + 1) % Limits.LANES;
        return bytes(target, encoder.encodedLength());
    }

    private byte[] personInfo(final String msgid) {
        final UnsafeBuffer target = new UnsafeBuffer(new byte[1024]);
        final PersonInfoOutcomeEncoder encoder =
                new PersonInfoOutcomeEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.header()
                .code(0)
                .infno("1101")
                .msgid(msgid)
                .infRefmsgid("")
                .sequence(sequence)
                .timeMs(sequence);
        encoder.insuinfoCount(0);
        encoder.psnName("");
        return bytes(target, encoder.encodedLength());
    }

    private static byte[] bytes(final UnsafeBuffer target, final int bodyLength) {
        return Arrays.copyOf(target.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }

    private static byte[] reply(
            final long correlationId, final ReplyKind kind, final byte[] outcome, final byte[] answer) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8192]);
        final ReplyEncoder encoder = new ReplyEncoder().wrapAndApplyHeader(buffer, 4, new MessageHeaderEncoder());
        encoder.correlationId(correlationId).kind(kind).state(RecordState.DONE).putOutcome(outcome, 0, outcome.length);
        encoder.putReceipt(new byte[0], 0, 0)
                .putAnswer(answer, 0, answer.length)
                .putAnswerReceipt(new byte[0], 0, 0);
        return framed(buffer, encoder.encodedLength());
    }

    private static byte[] framed(final UnsafeBuffer buffer, final int bodyLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
        buffer.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
        return Arrays.copyOf(buffer.byteArray(), 4 + length);
    }
}
