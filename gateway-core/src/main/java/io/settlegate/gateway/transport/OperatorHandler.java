package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.settlegate.gateway.pipeline.RequestPublisher;
import io.settlegate.gateway.pipeline.RequestSlot;
import io.settlegate.protocol.ResultCode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admit and claim for an operator's connection. Acts of an import build on each other, so a full ring is no answer here: acts
 * wait in their order, as many as the window allows, and are tried again.
 *
 * <p>One for each connection, on its event loop; never blocks.
 */
final class OperatorHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorHandler.class);
    private static final int RING_RETRY_MS = 2;
    private static final int RETRY_AFTER_MS = 20;
    private static final int RETRY_AFTER_STOP_MS = 2_000;

    private final OperatorReception reception;
    private final OutboundFrames frames = new OutboundFrames();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final OperatorSession session;
    private long actCount;
    private boolean retryDue;

    OperatorHandler(final OperatorReception reception, final OperatorSession session) {
        this.reception = reception;
        this.session = session;
    }

    /** An act that wants a place in the ring; acts of a connection are numbered from 1. */
    private record Waiting(long number, ByteBuf frame) {}

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        final Reception shared = reception.shared();
        session.connection()
                .send(frames.challenge(
                        context.alloc(),
                        shared.gatewayId(),
                        shared.newNonce(),
                        shared.clock().millis(),
                        shared.newestSeal()));
        session.connection().flush();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        while (!waiting.isEmpty()) {
            waiting.remove().frame.release();
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final ByteBuf frame = (ByteBuf) message;
        try {
            session.connection().heard();
            admit(context, frame);
        } finally {
            frame.release();
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        session.connection().flush();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        if (cause instanceof DecoderException) {
            session.connection().close(CloseCause.BROKEN_FRAME);
        } else if (cause instanceof IOException) {
            context.close();
        } else {
            LOG.error("operator's connection closed by a fault of the gateway", cause);
            session.connection().close(CloseCause.FAULT);
        }
    }

    private void admit(final ChannelHandlerContext context, final ByteBuf frame) {
        if (frame.readableBytes() < ActForm.MIN_ACT_LENGTH) {
            // There is no act id to answer to, so this peer speaks another protocol.
            session.connection().close(CloseCause.BROKEN_FRAME);
            return;
        }
        actCount++;
        final ResultCode form = ActForm.check(frame);
        if (form != ResultCode.OK) {
            refuse(context, frame, form);
        } else if (!isForThisGateway(frame)) {
            refuse(context, frame, ResultCode.WRONG_AUDIENCE);
        } else if (session.connection().inFlightCount() + waiting.size() >= reception.windowCount()) {
            busy(context, actCount, frame, ResultCode.WINDOW_FULL, RETRY_AFTER_MS);
        } else {
            waiting.add(new Waiting(actCount, frame.retain()));
            claimWaiting(context);
        }
    }

    private void claimWaiting(final ChannelHandlerContext context) {
        while (!waiting.isEmpty()) {
            final Waiting act = waiting.element();
            final ResultCode busy = reception.shared().admission().verdict();
            if (busy != ResultCode.OK) {
                busy(context, act.number, act.frame, busy, RETRY_AFTER_STOP_MS);
            } else if (!claim(act)) {
                retrySoon(context);
                return;
            }
            waiting.remove().frame.release();
        }
    }

    private void retrySoon(final ChannelHandlerContext context) {
        if (retryDue) {
            return;
        }
        retryDue = true;
        context.executor()
                .schedule(
                        () -> {
                            retryDue = false;
                            claimWaiting(context);
                            session.connection().flush();
                        },
                        RING_RETRY_MS,
                        TimeUnit.MILLISECONDS);
    }

    private boolean claim(final Waiting act) {
        final RequestPublisher publisher = reception.shared().publisher();
        final long claim = publisher.tryClaim();
        if (claim == RequestPublisher.FULL) {
            return false;
        }
        final int frameLength = act.frame.readableBytes();
        final RequestSlot slot = publisher.slot(claim);
        act.frame.getBytes(act.frame.readerIndex(), slot.frame(), 0, frameLength);
        slot.claim(
                frameLength,
                ActForm.templateId(act.frame),
                act.number,
                reception.shared().clock().millis(),
                session,
                reception.operatorKey());
        publisher.publish(claim);
        session.connection().claimed();
        return true;
    }

    private void refuse(final ChannelHandlerContext context, final ByteBuf frame, final ResultCode code) {
        reception.shared().lineCounters().answered(code);
        session.refused(code);
        session.connection().send(frames.refusal(context.alloc(), actCount, actId(frame), code));
    }

    private void busy(
            final ChannelHandlerContext context,
            final long number,
            final ByteBuf frame,
            final ResultCode code,
            final int retryAfterMs) {
        reception.shared().lineCounters().answered(code);
        session.connection().send(frames.busy(context.alloc(), number, actId(frame), code, retryAfterMs));
    }

    private boolean isForThisGateway(final ByteBuf frame) {
        final String gatewayId = reception.shared().gatewayId();
        final int from = frame.readerIndex() + ActForm.GATEWAY_ID_OFFSET;
        for (int i = 0; i < ActForm.GATEWAY_ID_LENGTH; i++) {
            final int expected = i < gatewayId.length() ? gatewayId.charAt(i) : 0;
            if ((frame.getByte(from + i) & 0xff) != expected) {
                return false;
            }
        }
        return true;
    }

    private static byte[] actId(final ByteBuf frame) {
        final byte[] actId = new byte[ActForm.ACT_ID_LENGTH];
        frame.getBytes(frame.readerIndex() + ActForm.ACT_ID_OFFSET, actId);
        return actId;
    }
}
