package io.settlegate.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.settlegate.protocol.Limits;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/** A connection's handlers, in the order that bytes meet them. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private final Reception reception;

    ConnectionInitializer(final Reception reception) {
        this.reception = reception;
    }

    @Override
    protected void initChannel(final Channel channel) {
        if (!reception.tryOpen()) {
            channel.close();
            return;
        }
        channel.pipeline()
                .addLast(new IdleStateHandler(reception.configuration().idleTimeoutMs(), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(new LengthFieldBasedFrameDecoder(
                        ByteOrder.LITTLE_ENDIAN,
                        Limits.MAX_FRAME_LENGTH + Limits.FRAME_LENGTH_LENGTH,
                        0,
                        Limits.FRAME_LENGTH_LENGTH,
                        0,
                        Limits.FRAME_LENGTH_LENGTH,
                        true))
                .addLast(new IngressHandler(reception, new OutboundFrames()));
    }
}
