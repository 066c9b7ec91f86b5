package io.settlegate.loadtest.driver.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.settlegate.loadtest.driver.FrameListener;
import io.settlegate.loadtest.wire.SignInGrant;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.BusyDecoder;
import io.settlegate.protocol.codec.HeartbeatDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RecordsPageDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import io.settlegate.protocol.codec.RegistrationOutcomeDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.StatementPageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/**
 * One terminal of the load: signs in, then sends what its phase allows, up to a window. In a closed loop all of the phase is
 * allowed at once; in an open loop the {@link Pacer} releases one request after the other, and what finds the window full, or the
 * gateway busy, waits here, while its time counts.
 *
 * <p>Of an answer it reads the correlation id and the result code, in place. BUSY is obeyed: until the time the gateway named nothing is
 * sent, then first what it did not take.
 *
 * <p>Owned by the event loop. Writes once for each batch of bytes read. A lost connection stops it and is told by
 * {@link #fault()}.
 */
final class LoadConnection implements FrameListener {
    private static final int TEMPLATE_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int CORRELATION_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int KIND_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + ReplyDecoder.kindEncodingOffset();
    private static final int OUTCOME_LENGTH_OFFSET = CORRELATION_OFFSET + ReplyDecoder.BLOCK_LENGTH;
    private static final int OUTCOME_OFFSET = OUTCOME_LENGTH_OFFSET + ReplyDecoder.outcomeHeaderLength();
    private static final int OUTCOME_CODE_OFFSET = OUTCOME_OFFSET + MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int SETL_ID_OFFSET = OUTCOME_CODE_OFFSET + PharmacySettleOutcomeDecoder.setlIdEncodingOffset();
    private static final int PSN_NO_OFFSET = OUTCOME_CODE_OFFSET + PharmacySettleOutcomeDecoder.psnNoEncodingOffset();
    private static final int MDTRT_ID_OFFSET = OUTCOME_CODE_OFFSET + RegistrationOutcomeDecoder.mdtrtIdEncodingOffset();
    private static final int BUSY_CODE_OFFSET = CORRELATION_OFFSET + BusyDecoder.codeEncodingOffset();
    private static final int BUSY_RETRY_OFFSET = CORRELATION_OFFSET + BusyDecoder.retryAfterMsEncodingOffset();
    private static final int REFUSAL_CODE_OFFSET = CORRELATION_OFFSET + RefusalDecoder.codeEncodingOffset();
    private static final int PHASE_SHIFT = 32;

    private final RequestMaker maker;
    private final SignIn signIn;
    private final FollowDesk desk;
    private final LoadBooks books;
    private final int wantedInFlightCount;
    private final BitSet refusedByBusy = new BitSet();
    private ChannelHandlerContext context;
    private SignInGrant grant;
    private SignedRequests requests;
    private Schedule schedule;
    private int ordinal;
    private LoadMeter meter = LoadMeter.ofClosedLoop();
    private long[] sentAtNs = new long[0];
    private int allowedCount;
    private int sentCount;
    private int inFlightCount;
    private long nowNs;
    private boolean isBackingOff;
    private boolean isStopped;
    private String fault;

    /** @param wantedInFlightCount 0 for as many as the gateway's window allows. */
    LoadConnection(
            final RequestMaker maker,
            final String gatewayId,
            final int wantedInFlightCount,
            final FollowDesk desk,
            final LoadBooks books) {
        this.maker = maker;
        this.signIn = new SignIn(maker.terminal(), gatewayId);
        this.wantedInFlightCount = wantedInFlightCount;
        this.desk = desk;
        this.books = books;
    }

    @Override
    public void onOpen(final ChannelHandlerContext opened) {
        context = opened;
    }

    @Override
    public void onFrame(final ByteBuf buffer, final int index, final int length) {
        if (grant == null) {
            onOpening(ByteBufUtil.getBytes(buffer, index, length));
            return;
        }
        if (nowNs == 0) {
            nowNs = System.nanoTime();
        }
        meter.read(length);
        switch (buffer.getUnsignedShortLE(index + TEMPLATE_OFFSET)) {
            case ReplyDecoder.TEMPLATE_ID -> onReply(buffer, index, length);
            case RecordsPageDecoder.TEMPLATE_ID, StatementPageDecoder.TEMPLATE_ID ->
                // Only what was done has a page.
                answered(requestOf(buffer.getLongLE(index + CORRELATION_OFFSET)), 0);
            case BusyDecoder.TEMPLATE_ID -> onBusy(buffer, index);
            case RefusalDecoder.TEMPLATE_ID ->
                answered(
                        requestOf(buffer.getLongLE(index + CORRELATION_OFFSET)),
                        buffer.getUnsignedShortLE(index + REFUSAL_CODE_OFFSET));
            case HeartbeatDecoder.TEMPLATE_ID -> {
                // A sign of life, answered to ours.
                return;
            }
            default -> fail("the gateway sent template " + buffer.getUnsignedShortLE(index + TEMPLATE_OFFSET));
        }
    }

    @Override
    public void onReadComplete() {
        nowNs = 0;
        sendAllowed();
    }

    @Override
    public void onClose() {
        if (!isStopped) {
            fail("the gateway closed the connection");
        }
    }

    /**
     * Begins a phase; the one before must be over.
     *
     * @param newSchedule of an open loop; null for a closed one, which sends at once.
     * @param newOrdinal this connection's place in the schedule.
     */
    void begin(final SignedRequests phase, final LoadMeter newMeter, final Schedule newSchedule, final int newOrdinal) {
        requests = phase;
        meter = newMeter;
        schedule = newSchedule;
        ordinal = newOrdinal;
        sentAtNs = new long[phase.count()];
        sentCount = 0;
        allowedCount = newSchedule == null ? phase.count() : 0;
        sendAllowed();
    }

    /** The next request's time has come. */
    void release() {
        allowedCount++;
        sendAllowed();
    }

    /** Sends nothing new any more in this phase; what waited for room is given up, and counted. */
    void endPhase() {
        final long atNs = System.nanoTime();
        if (schedule != null) {
            for (int i = sentCount; i < allowedCount; i++) {
                meter.unfinished(schedule.plannedNs(ordinal, i), atNs);
            }
        }
        allowedCount = sentCount;
    }

    /** What follows from an answer is signed. Too late for its place, it is forgotten. */
    void put(final FollowOrder order, final byte[] frame) {
        if (requests.phase() == order.phase() && order.index() >= sentCount) {
            requests.put(order, frame);
        }
    }

    void heartbeat() {
        if (grant != null && !isStopped) {
            context.writeAndFlush(Unpooled.wrappedBuffer(signIn.heartbeat()), context.voidPromise());
        }
    }

    void close() {
        isStopped = true;
        if (context != null) {
            context.close();
        }
    }

    boolean isSignedIn() {
        return grant != null;
    }

    /** Requests in flight that are wanted and that the gateway's window allows. */
    int windowCount() {
        return wantedInFlightCount == 0 ? grant.windowCount() : Math.min(wantedInFlightCount, grant.windowCount());
    }

    /** What sign-in granted; null before. */
    SignInGrant grant() {
        return grant;
    }

    int inFlightCount() {
        return inFlightCount;
    }

    /** Requests whose time has come and that are not sent yet. */
    int waitingCount() {
        return allowedCount - sentCount;
    }

    /** True if all requests of the phase are sent: there is nothing left to keep the gateway busy with. */
    boolean isExhausted() {
        return sentCount == requests.count();
    }

    /** Why this connection cannot go on, or null. */
    String fault() {
        return fault;
    }

    private void sendAllowed() {
        if (isStopped || isBackingOff || requests == null) {
            return;
        }
        final int count = Math.min(allowedCount - sentCount, windowCount() - inFlightCount);
        if (count <= 0) {
            return;
        }
        final long atNs = System.nanoTime();
        final int limit = sentCount + count;
        while (sentCount < limit) {
            final int end = requests.runEnd(sentCount, limit);
            final ByteBuf slice = requests.slice(sentCount, end);
            meter.written(slice.readableBytes());
            context.write(slice, context.voidPromise());
            while (sentCount < end) {
                sentAtNs[sentCount++] = atNs;
            }
        }
        inFlightCount += count;
        context.flush();
    }

    private int requestOf(final long correlationId) {
        if (correlationId >>> PHASE_SHIFT != requests.phase()) {
            fail("the gateway answered correlation id " + correlationId + ", which is not under way");
            return 0;
        }
        return (int) correlationId;
    }

    private void onReply(final ByteBuf buffer, final int index, final int length) {
        final int request = requestOf(buffer.getLongLE(index + CORRELATION_OFFSET));
        final int code = buffer.getUnsignedShortLE(index + OUTCOME_CODE_OFFSET);
        answered(request, code);
        if (buffer.getUnsignedByte(index + KIND_OFFSET) != ReplyKind.FIRST.value()) {
            meter.repeated();
            return;
        }
        if (code == 0) {
            books.good(buffer, index + OUTCOME_OFFSET);
            final RequestKind next = requests.kind(request).after();
            if (next != null && !requests.isUndone(request)) {
                follow(buffer, index, request, next);
            }
        }
        if (books.isSample()) {
            books.keep(requests.command(request), ByteBufUtil.getBytes(buffer, index, length));
        }
    }

    /** Orders what is made from this answer, far enough ahead that the desk has time to sign it. */
    private void follow(final ByteBuf buffer, final int index, final int request, final RequestKind next) {
        final int place = requests.nextPlace(next, allowedAhead());
        if (place < 0) {
            return;
        }
        final FollowOrder order =
                new FollowOrder(requests.phase(), place, next, subject(buffer, index, request, next.before()));
        desk.order(maker, order, frame -> context.executor().execute(() -> put(order, frame)));
    }

    private FollowOrder.Subject subject(
            final ByteBuf buffer, final int index, final int request, final RequestKind answered) {
        return switch (answered) {
            case SETTLE ->
                new FollowOrder.Settled(
                        text(buffer, index + SETL_ID_OFFSET, PharmacySettleOutcomeDecoder.setlIdEncodingLength()),
                        text(buffer, index + PSN_NO_OFFSET, PharmacySettleOutcomeDecoder.psnNoEncodingLength()),
                        requests.insuplcAdmdvs(request));
            case REGISTER, ADMIT ->
                new FollowOrder.Course(
                        requests.opener(request),
                        text(buffer, index + MDTRT_ID_OFFSET, RegistrationOutcomeDecoder.mdtrtIdEncodingLength()),
                        new byte[0],
                        0);
            default -> {
                final FollowOrder.Course course =
                        (FollowOrder.Course) requests.order(request).subject();
                final boolean isSplit = answered == RequestKind.VISIT_LINES || answered == RequestKind.STAY_LINES;
                yield isSplit
                        ? new FollowOrder.Course(
                                course.person(), course.mdtrtId(), outcome(buffer, index), System.currentTimeMillis())
                        : course;
            }
        };
    }

    private static byte[] outcome(final ByteBuf buffer, final int index) {
        return ByteBufUtil.getBytes(
                buffer, index + OUTCOME_OFFSET, buffer.getUnsignedShortLE(index + OUTCOME_LENGTH_OFFSET));
    }

    private int allowedAhead() {
        return schedule == null ? sentCount + windowCount() : allowedCount + 1;
    }

    private static String text(final ByteBuf buffer, final int index, final int length) {
        int end = 0;
        while (end < length && buffer.getByte(index + end) != 0) {
            end++;
        }
        return buffer.toString(index, end, StandardCharsets.US_ASCII);
    }

    private void answered(final int request, final int code) {
        final long sentNs = sentAtNs[request];
        meter.answered(
                requests.kind(request),
                code,
                schedule == null ? sentNs : schedule.plannedNs(ordinal, request),
                sentNs,
                nowNs);
        inFlightCount--;
    }

    private void onBusy(final ByteBuf buffer, final int index) {
        meter.busy();
        final int code = buffer.getUnsignedShortLE(index + BUSY_CODE_OFFSET);
        if (code == ResultCode.STOPPING.code()) {
            fail("the gateway is stopping");
            return;
        }
        // Its clock runs on: a request that had to wait its turn took that long.
        refusedByBusy.set(requestOf(buffer.getLongLE(index + CORRELATION_OFFSET)));
        if (!isBackingOff) {
            isBackingOff = true;
            final long retryAfterMs = Math.max(1, buffer.getUnsignedIntLE(index + BUSY_RETRY_OFFSET));
            context.executor().schedule(this::resume, retryAfterMs, TimeUnit.MILLISECONDS);
        }
    }

    private void resume() {
        isBackingOff = false;
        if (isStopped || !context.channel().isActive()) {
            return;
        }
        for (int i = refusedByBusy.nextSetBit(0); i >= 0; i = refusedByBusy.nextSetBit(i + 1)) {
            context.write(requests.slice(i, i + 1), context.voidPromise());
        }
        refusedByBusy.clear();
        context.flush();
        sendAllowed();
    }

    private void onOpening(final byte[] frame) {
        try {
            final byte[] answer = signIn.answer(frame);
            if (answer.length > 0) {
                context.writeAndFlush(Unpooled.wrappedBuffer(answer));
            }
            grant = signIn.grant();
        } catch (final SignIn.RefusedException e) {
            fail(e.getMessage());
        }
    }

    private void fail(final String why) {
        fault = maker.terminal().sn() + ": " + why;
        isStopped = true;
    }
}
