package io.settlegate.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.settlegate.gateway.pipeline.OperatorKey;
import io.settlegate.gateway.pipeline.TerminalChange;
import io.settlegate.protocol.Limits;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
        channel.pipeline()
                .addLast(new IdleStateHandler(configuration.idleTimeoutMs(), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(new LengthFieldBasedFrameDecoder(
                        ByteOrder.LITTLE_ENDIAN,
                        Limits.MAX_FRAME_LENGTH + Limits.FRAME_LENGTH_LENGTH,
                        0,
                        Limits.FRAME_LENGTH_LENGTH,
                        0,
                        Limits.FRAME_LENGTH_LENGTH,
                        true))
                .addLast(new OperatorHandler(this));
    }

    OperatorSession open(final Channel channel) {
        return new OperatorSession(shared.open(channel), shared.terminalKeys(), endings);
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
