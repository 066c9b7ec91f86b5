package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.settlegate.gateway.pipeline.RequestPublisher;
import io.settlegate.gateway.pipeline.RequestSlot;
import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.HeartbeatDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.SignInDecoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admit and claim: looks at a frame's header, refuses what cannot be for this session, answers BUSY where there is no room,
 * and else copies the frame into the ring. One for each connection, on its event loop; never waits.
 */
final class IngressHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(IngressHandler.class);
    private static final int RETRY_AFTER_MS = 20;
    private static final int RETRY_AFTER_STOP_MS = 2_000;

    private final Reception reception;
    private final OutboundFrames frames;
    private final byte[] nonce;
    private final byte[] fieldScratch = new byte[FrameForm.SN_LENGTH];
    private final NettySession session;
    private boolean signInUnderWay;
    private boolean flushDue;

    IngressHandler(final Reception reception, final NettySession session, final OutboundFrames frames) {
        this.reception = reception;
        this.session = session;
        this.frames = frames;
        this.nonce = reception.newNonce();
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        session.send(frames.challenge(
                context.alloc(), reception.gatewayId(), nonce, reception.clock().millis(), reception.newestSeal()));
        session.flush();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        session.leave();
        reception.closed();
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final ByteBuf frame = (ByteBuf) message;
        try {
            session.heard();
            // The frames of one read come one after the other, whatever the first of them led to.
            if (!session.isLeaving() && !session.isClosing()) {
                admit(context, frame);
            }
        } finally {
            frame.release();
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        if (flushDue) {
            flushDue = false;
            session.flush();
        }
    }

    /** Reading pauses only while the peer does not take what it is given. */
    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        if (cause instanceof DecoderException) {
            session.close(CloseCause.BROKEN_FRAME);
        } else if (cause instanceof java.io.IOException) {
            context.close();
        } else {
            LOG.error("connection closed by a fault of the gateway", cause);
            session.close(CloseCause.FAULT);
        }
    }

    private void admit(final ChannelHandlerContext context, final ByteBuf frame) {
        if (isHeartbeat(frame)) {
            reply(frames.heartbeat(
                    context.alloc(),
                    frame.getLongLE(frame.readerIndex() + MessageHeaderDecoder.ENCODED_LENGTH),
                    reception.clock().millis()));
            return;
        }
        if (frame.readableBytes() < FrameForm.MIN_REQUEST_LENGTH) {
            // There is no msgid to answer to, so this peer speaks another protocol.
            session.close(CloseCause.BROKEN_FRAME);
            return;
        }
        final ResultCode form = FrameForm.check(frame);
        if (form != ResultCode.OK) {
            refuse(context, frame, form);
            return;
        }
        if (!isField(frame, FrameForm.GATEWAY_ID_OFFSET, FrameForm.GATEWAY_ID_LENGTH, reception.gatewayId())) {
            refuse(context, frame, ResultCode.WRONG_AUDIENCE);
        } else if (FrameForm.templateId(frame) == SignInDecoder.TEMPLATE_ID) {
            admitSignIn(context, frame);
        } else {
            admitRequest(context, frame);
        }
    }

    private void admitSignIn(final ChannelHandlerContext context, final ByteBuf frame) {
        if (signInUnderWay || !isNonce(frame)) {
            // One sign-in for a connection: the nonce is spent, whatever became of it.
            refuse(context, frame, ResultCode.WRONG_NONCE);
            return;
        }
        final TerminalKey key = reception.terminalKeys().find(field(frame, FrameForm.SN_OFFSET, FrameForm.SN_LENGTH));
        signInUnderWay = claim(context, frame, key);
    }

    private void admitRequest(final ChannelHandlerContext context, final ByteBuf frame) {
        final TerminalKey key = session.key();
        if (key == null) {
            refuse(context, frame, ResultCode.NOT_SIGNED_IN);
        } else if (!isField(frame, FrameForm.SN_OFFSET, FrameForm.SN_LENGTH, key.sn())) {
            refuse(context, frame, ResultCode.FOREIGN_TERMINAL);
        } else if (session.isFenced()) {
            refuse(context, frame, ResultCode.SESSION_FENCED);
        } else if (session.inFlightCount() >= reception.configuration().windowCount()) {
            busy(context, frame, ResultCode.WINDOW_FULL, RETRY_AFTER_MS);
        } else {
            claim(context, frame, key);
        }
    }

    private boolean claim(final ChannelHandlerContext context, final ByteBuf frame, final TerminalKey key) {
        final ResultCode busy = RequestForm.of(FrameForm.templateId(frame)).need() == RequestForm.Need.READ
                ? reception.admission().verdictOnRead()
                : reception.admission().verdict();
        if (busy != ResultCode.OK) {
            busy(context, frame, busy, RETRY_AFTER_STOP_MS);
            return false;
        }
        final RequestPublisher publisher = reception.publisher();
        final long claim = publisher.tryClaim();
        if (claim == RequestPublisher.FULL) {
            busy(context, frame, ResultCode.RING_FULL, RETRY_AFTER_MS);
            return false;
        }
        final int frameLength = frame.readableBytes();
        final RequestSlot slot = publisher.slot(claim);
        frame.getBytes(frame.readerIndex(), slot.frame(), 0, frameLength);
        slot.claim(
                frameLength,
                FrameForm.templateId(frame),
                frame.getLongLE(frame.readerIndex() + FrameForm.CORRELATION_ID_OFFSET),
                reception.clock().millis(),
                session,
                key);
        publisher.publish(claim);
        session.claimed();
        return true;
    }

    private void refuse(final ChannelHandlerContext context, final ByteBuf frame, final ResultCode code) {
        reception.lineCounters().answered(code);
        session.refused(code);
        reply(frames.refusal(context.alloc(), correlationId(frame), msgid(frame), code));
    }

    private void busy(
            final ChannelHandlerContext context, final ByteBuf frame, final ResultCode code, final int retryAfterMs) {
        reception.lineCounters().answered(code);
        reply(frames.busy(context.alloc(), correlationId(frame), msgid(frame), code, retryAfterMs));
    }

    private void reply(final ByteBuf frame) {
        session.send(frame);
        flushDue = true;
    }

    private static boolean isHeartbeat(final ByteBuf frame) {
        return frame.readableBytes() == MessageHeaderDecoder.ENCODED_LENGTH + HeartbeatDecoder.BLOCK_LENGTH
                && FrameForm.templateId(frame) == HeartbeatDecoder.TEMPLATE_ID
                && FrameForm.schemaId(frame) == MessageHeaderDecoder.SCHEMA_ID;
    }

    private static long correlationId(final ByteBuf frame) {
        return frame.getLongLE(frame.readerIndex() + FrameForm.CORRELATION_ID_OFFSET);
    }

    private static byte[] msgid(final ByteBuf frame) {
        final byte[] msgid = new byte[FrameForm.MSGID_LENGTH];
        frame.getBytes(frame.readerIndex() + FrameForm.MSGID_OFFSET, msgid);
        return msgid;
    }

    private String field(final ByteBuf frame, final int offset, final int length) {
        frame.getBytes(frame.readerIndex() + offset, fieldScratch, 0, length);
        int end = 0;
        while (end < length && fieldScratch[end] != 0) {
            end++;
        }
        return new String(fieldScratch, 0, end, StandardCharsets.ISO_8859_1);
    }

    private boolean isNonce(final ByteBuf frame) {
        for (int i = 0; i < FrameForm.NONCE_LENGTH; i++) {
            if (frame.getByte(frame.readerIndex() + FrameForm.NONCE_OFFSET + i) != nonce[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isField(final ByteBuf frame, final int offset, final int length, final String value) {
        final int from = frame.readerIndex() + offset;
        for (int i = 0; i < length; i++) {
            final int expected = i < value.length() ? value.charAt(i) : 0;
            if ((frame.getByte(from + i) & 0xff) != expected) {
                return false;
            }
        }
        return true;
    }
}
