package io.settlegate.loadtest.driver;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.settlegate.protocol.Limits;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the gateway's bytes into frames and hands each to a listener, in place.
 *
 * <pre>
 *   u32 frameLength (little-endian, excludes itself) | frameLength bytes
 * </pre>
 *
 * <p>Runs on the event loop. A frame above the limit, or anything a listener throws, closes the connection.
 */
final class FrameReader extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(FrameReader.class);

    private final FrameListener listener;

    FrameReader(final FrameListener listener) {
        this.listener = listener;
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        listener.onOpen(context);
    }

    @Override
    protected void decode(final ChannelHandlerContext context, final ByteBuf in, final List<Object> out) {
        while (in.readableBytes() >= Limits.FRAME_LENGTH_LENGTH) {
            final int length = in.getIntLE(in.readerIndex());
            if (length < 0 || length > Limits.MAX_FRAME_LENGTH) {
                throw new TooLongFrameException("the gateway sent a frame of " + length + " bytes");
            }
            if (in.readableBytes() < Limits.FRAME_LENGTH_LENGTH + length) {
                return;
            }
            listener.onFrame(in, in.readerIndex() + Limits.FRAME_LENGTH_LENGTH, length);
            in.skipBytes(Limits.FRAME_LENGTH_LENGTH + length);
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        listener.onReadComplete();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        listener.onClose();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        if (cause instanceof java.io.IOException) {
            // A killed gateway resets its connections: the listener hears of it as a close.
            LOG.debug("connection lost: {}", cause.getMessage());
        } else {
            LOG.error("closing the connection", cause);
        }
        context.close();
    }
}
