package io.settlegate.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.settlegate.gateway.pipeline.OperatorKey;
import io.settlegate.gateway.pipeline.TerminalChange;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What all operators' connections share, and the handlers that each gets. Safe for all event loops. */
final class OperatorReception extends ChannelInitializer<Channel> {
    private final OperatorConfiguration configuration;
    private final OperatorKey operatorKey;
    private final Reception shared;
    private final Consumer<List<TerminalChange>> endings;
    private final AtomicInteger connectionCount = new AtomicInteger();

    OperatorReception(
            final OperatorConfiguration configuration,
            final OperatorKey operatorKey,
            final Reception shared,
            final Consumer<List<TerminalChange>> endings) {
        this.configuration = configuration;
        this.operatorKey = operatorKey;
        this.shared = shared;
        this.endings = endings;
    }

    @Override
    protected void initChannel(final Channel channel) {
        channel.closeFuture().addListener(closed -> connectionCount.decrementAndGet());
        if (connectionCount.incrementAndGet() > configuration.maxConnections()) {
            channel.close();
            return;
        }
        final FrameDecoder decoder = new FrameDecoder();
        final NettySession connection = shared.operatorSession(channel, decoder, configuration.idleTimeoutMs());
        shared.connectionsOf(channel.eventLoop()).add(connection);
        channel.pipeline()
                .addLast(decoder)
                .addLast(new OperatorHandler(this, new OperatorSession(connection, shared.terminalKeys(), endings)));
    }

    OperatorKey operatorKey() {
        return operatorKey;
    }

    int windowCount() {
        return configuration.windowCount();
    }

    int connectionCount() {
        return connectionCount.get();
    }

    /** What operators' and terminals' connections share: ring, admission, counters, clock. */
    Reception shared() {
        return shared;
    }
}
