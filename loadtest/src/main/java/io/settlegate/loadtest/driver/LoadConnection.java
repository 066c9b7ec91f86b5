package io.settlegate.loadtest.driver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.settlegate.loadtest.books.Acknowledged;
import io.settlegate.loadtest.wire.GatewayMessage;
import io.settlegate.loadtest.wire.GatewayMessageDecoder;
import io.settlegate.loadtest.wire.MsgidSource;
import io.settlegate.loadtest.wire.Outcome;
import io.settlegate.loadtest.wire.SignInGrant;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.TerminalRequests;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.BusyDecoder;
import io.settlegate.protocol.codec.Durability;
import io.settlegate.protocol.codec.HeartbeatDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One terminal of the load: signs in, then keeps a fixed number of pre-signed requests in flight. Of an answer it
 * reads the correlation id and the result code, in place; of one in {@value #SAMPLE_STRIDE} it keeps the bytes.
 *
 * <p>Owned by the event loop. Writes once for each batch of bytes read. A lost connection stops it and is told by
 * {@link #fault()}.
 */
final class LoadConnection implements FrameListener {
    private static final int SAMPLE_STRIDE = 1_021;
    private static final int MAX_SAMPLES = 200;
    private static final int TEMPLATE_OFFSET = 2;
    private static final int CORRELATION_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int OUTCOME_CODE_OFFSET = CORRELATION_OFFSET
            + ReplyDecoder.BLOCK_LENGTH
            + ReplyDecoder.outcomeHeaderLength()
            + MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int BUSY_CODE_OFFSET = CORRELATION_OFFSET + BusyDecoder.codeEncodingOffset();
    private static final int BUSY_RETRY_OFFSET = CORRELATION_OFFSET + BusyDecoder.retryAfterMsEncodingOffset();
    private static final int REFUSAL_CODE_OFFSET = CORRELATION_OFFSET + RefusalDecoder.codeEncodingOffset();
    private static final int SIGN_IN_LANE_FIRST = 9_900;

    private final SignedRequests requests;
    private final String gatewayId;
    private final LoadMeter meter;
    private final List<Acknowledged> samples;
    private final int wantedInFlightCount;
    private final long[] sentAtNs;
    private ChannelHandlerContext context;
    private int windowCount;
    private Durability durability;
    private int sentCount;
    private int dueCount;
    private int inFlightCount;
    private long nowNs;
    private boolean isSignedIn;
    private boolean isStopped;
    private String fault;

    LoadConnection(
            final SignedRequests requests,
            final String gatewayId,
            final int wantedInFlightCount,
            final LoadMeter meter,
            final List<Acknowledged> samples) {
        this.requests = requests;
        this.gatewayId = gatewayId;
        this.wantedInFlightCount = wantedInFlightCount;
        this.meter = meter;
        this.samples = samples;
        this.sentAtNs = new long[requests.count()];
    }

    @Override
    public void onOpen(final ChannelHandlerContext opened) {
        context = opened;
    }

    @Override
    public void onFrame(final ByteBuf buffer, final int index, final int length) {
        if (!isSignedIn) {
            onOpening(ByteBufUtil.getBytes(buffer, index, length));
            return;
        }
        if (nowNs == 0) {
            nowNs = System.nanoTime();
        }
        meter.read(length);
        switch (buffer.getUnsignedShortLE(index + TEMPLATE_OFFSET)) {
            case ReplyDecoder.TEMPLATE_ID -> onReply(buffer, index, length);
            case BusyDecoder.TEMPLATE_ID -> onBusy(buffer, index);
            case RefusalDecoder.TEMPLATE_ID -> onRefusal(buffer, index);
            case HeartbeatDecoder.TEMPLATE_ID -> meter.read(0);
            default -> fail("the gateway sent template " + buffer.getUnsignedShortLE(index + TEMPLATE_OFFSET));
        }
    }

    @Override
    public void onReadComplete() {
        nowNs = 0;
        if (dueCount > 0 && !isStopped) {
            final int due = dueCount;
            dueCount = 0;
            sendNext(due);
        }
    }

    @Override
    public void onClose() {
        if (!isStopped) {
            fail("the gateway closed the connection");
        }
    }

    /** Sends the first requests. */
    void start() {
        sendNext(windowCount);
    }

    /** Sends nothing more. */
    void stop() {
        isStopped = true;
    }

    void close() {
        isStopped = true;
        if (context != null) {
            context.close();
        }
    }

    boolean isSignedIn() {
        return isSignedIn;
    }

    /** Requests in flight that the gateway's window allows. */
    int windowCount() {
        return windowCount;
    }

    Durability durability() {
        return durability;
    }

    int inFlightCount() {
        return inFlightCount;
    }

    /** True if all requests are sent: there is nothing left to keep the gateway busy with. */
    boolean isExhausted() {
        return sentCount == requests.count();
    }

    /** Why this connection cannot go on, or null. */
    String fault() {
        return fault;
    }

    private void sendNext(final int wanted) {
        final int count = Math.min(wanted, requests.count() - sentCount);
        if (count == 0) {
            return;
        }
        final long atNs = System.nanoTime();
        for (int i = sentCount; i < sentCount + count; i++) {
            sentAtNs[i] = atNs;
        }
        final ByteBuf slice = requests.slice(sentCount, sentCount + count);
        meter.written(slice.readableBytes());
        sentCount += count;
        inFlightCount += count;
        context.writeAndFlush(slice, context.voidPromise());
    }

    private void onReply(final ByteBuf buffer, final int index, final int length) {
        final int request = (int) buffer.getLongLE(index + CORRELATION_OFFSET);
        answered(request, buffer.getUnsignedShortLE(index + OUTCOME_CODE_OFFSET));
        if (request % SAMPLE_STRIDE == 0 && samples.size() < MAX_SAMPLES) {
            final GatewayMessage message =
                    new GatewayMessageDecoder().decode(ByteBufUtil.getBytes(buffer, index, length));
            if (message instanceof GatewayMessage.Reply reply) {
                samples.add(new Acknowledged(
                        Outcome.read(reply.outcome()).msgid(),
                        requests.command(request),
                        reply.outcome(),
                        reply.receipt()));
            }
        }
    }

    private void onRefusal(final ByteBuf buffer, final int index) {
        answered(
                (int) buffer.getLongLE(index + CORRELATION_OFFSET),
                buffer.getUnsignedShortLE(index + REFUSAL_CODE_OFFSET));
    }

    private void answered(final int request, final int code) {
        meter.answered(code, nowNs - sentAtNs[request]);
        inFlightCount--;
        dueCount++;
    }

    private void onBusy(final ByteBuf buffer, final int index) {
        meter.busy();
        final int request = (int) buffer.getLongLE(index + CORRELATION_OFFSET);
        final int code = buffer.getUnsignedShortLE(index + BUSY_CODE_OFFSET);
        if (code == ResultCode.STOPPING.code()) {
            fail("the gateway is stopping");
            return;
        }
        final long retryAfterMs = Math.max(1, buffer.getUnsignedIntLE(index + BUSY_RETRY_OFFSET));
        // Its clock runs on: a settlement that had to wait its turn took that long.
        context.executor().schedule(() -> resend(request), retryAfterMs, TimeUnit.MILLISECONDS);
    }

    private void resend(final int request) {
        if (context.channel().isActive()) {
            context.writeAndFlush(requests.slice(request, request + 1), context.voidPromise());
        }
    }

    private void onOpening(final byte[] frame) {
        final GatewayMessage message = new GatewayMessageDecoder().decode(frame);
        if (message instanceof GatewayMessage.Challenge challenge) {
            signIn(challenge);
        } else if (message instanceof GatewayMessage.Reply reply) {
            final SignInGrant grant = Outcome.readGrant(reply.outcome());
            if (grant == null) {
                fail("sign-in was refused with code "
                        + Outcome.read(reply.outcome()).code());
                return;
            }
            windowCount = Math.min(wantedInFlightCount, grant.windowCount());
            durability = grant.durability();
            isSignedIn = true;
        } else if (message instanceof GatewayMessage.Refusal refusal) {
            fail("sign-in was refused with code " + refusal.code());
        } else if (message instanceof GatewayMessage.Busy busy) {
            fail("sign-in met a busy gateway, code " + busy.code());
        }
    }

    private void signIn(final GatewayMessage.Challenge challenge) {
        if (!challenge.gatewayId().equals(gatewayId)) {
            fail("this is gateway " + challenge.gatewayId() + ", the requests are signed for " + gatewayId);
            return;
        }
        final long nowMs = System.currentTimeMillis();
        final MsgidSource msgids = new MsgidSource(
                requests.terminal().institution().fixmedinsCode(),
                SIGN_IN_LANE_FIRST + requests.terminal().ordinal() % 100,
                1,
                nowMs / 1000);
        final byte[] frame = new TerminalRequests(requests.terminal(), gatewayId)
                .signIn(msgids.next(), challenge.nonce(), new Stamp(nowMs, 0));
        context.writeAndFlush(Unpooled.wrappedBuffer(frame));
    }

    private void fail(final String why) {
        fault = requests.terminal().sn() + ": " + why;
        isStopped = true;
    }
}
