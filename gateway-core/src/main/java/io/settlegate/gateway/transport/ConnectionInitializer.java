package io.settlegate.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;

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
        final FrameDecoder decoder = new FrameDecoder();
        final LoopConnections neighbours = reception.connectionsOf(channel.eventLoop());
        final NettySession session = reception.session(channel, decoder);
        neighbours.add(session);
        channel.pipeline().addLast(decoder).addLast(new IngressHandler(reception, session, neighbours.frames()));
    }
}
