package io.settlegate.gateway.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.settlegate.gateway.pipeline.Egress;
import io.settlegate.gateway.pipeline.LineCounters;
import io.settlegate.gateway.pipeline.RequestPublisher;
import io.settlegate.gateway.pipeline.TerminalChange;
import io.settlegate.gateway.pipeline.TerminalKeys;
import io.settlegate.protocol.crypto.SignatureVerifiers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The terminals' listener. Opened and closed by the boot thread.
 */
public final class TerminalServer {
    private static final int BACKLOG_COUNT = 4096;
    private static final int LOW_WATER_LENGTH = 32 * 1024;
    private static final int HIGH_WATER_LENGTH = 256 * 1024;
    /** What the system may hold for one connection each way; it takes twice as much for itself. */
    private static final int SOCKET_BUFFER_LENGTH = 64 * 1024;

    private final TransportConfiguration configuration;
    private final NettyEgress egress = new NettyEgress();
    private final Admission admission = new Admission();
    private final TransportCounters transportCounters = new TransportCounters();
    private EventLoopGroup acceptLoop;
    private EventLoopGroup loops;
    private Channel listener;
    private Reception reception;

    public TerminalServer(final TransportConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The way out for the reply stage; exists before the server listens. */
    public Egress egress() {
        return egress;
    }

    public Admission admission() {
        return admission;
    }

    /**
     * Binds and listens.
     *
     * @return the address that was bound; its port was chosen by the system where the configuration says 0.
     * @throws IOException if the address cannot be bound.
     */
    public InetSocketAddress listen(
            final String gatewayId,
            final TerminalKeys terminalKeys,
            final SignatureVerifiers signatures,
            final RequestPublisher publisher,
            final Supplier<byte[]> newestSeal,
            final LineCounters counters,
            final Clock clock)
            throws IOException {
        reception = new Reception(
                configuration,
                gatewayId,
                terminalKeys,
                signatures,
                publisher,
                egress,
                newestSeal,
                admission,
                counters,
                transportCounters,
                clock);
        final boolean epoll = Epoll.isAvailable();
        acceptLoop = loopGroup(epoll, 1, "accept");
        loops = loopGroup(epoll, configuration.eventLoopCount(), "event-loop");
        try {
            listener = new ServerBootstrap()
                    .group(acceptLoop, loops)
                    .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG_COUNT)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_LENGTH)
                    .childOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_LENGTH)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(
                            ChannelOption.WRITE_BUFFER_WATER_MARK,
                            new WriteBufferWaterMark(LOW_WATER_LENGTH, HIGH_WATER_LENGTH))
                    .childHandler(new ConnectionInitializer(reception))
                    .bind(configuration.listen())
                    .sync()
                    .channel();
            return (InetSocketAddress) listener.localAddress();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while binding " + configuration.listen(), e);
        } catch (final Exception e) {
            throw new IOException("cannot listen on " + configuration.listen() + ": " + e.getMessage(), e);
        }
    }

    private static EventLoopGroup loopGroup(final boolean epoll, final int count, final String name) {
        return new MultiThreadIoEventLoopGroup(
                count,
                new DefaultThreadFactory(name, true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    public TransportCounters counters() {
        return transportCounters;
    }

    /** Bytes that the network's buffers take outside the heap. */
    public long directMemoryLength() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
                ? provider.metric().usedDirectMemory()
                : 0;
    }

    EventLoopGroup acceptLoop() {
        return acceptLoop;
    }

    EventLoopGroup loops() {
        return loops;
    }

    Reception reception() {
        return reception;
    }

    /**
     * Reply stage: ends the sessions of terminals that were suspended, revoked, or got another key. A sign-in whose reply is in
     * this batch has entered its session by then, because its event loop was given that first.
     */
    void endSessionsAfterFlush(final List<TerminalChange> changes) {
        egress.afterFlush(() -> {
            for (final EventExecutor loop : loops) {
                try {
                    loop.execute(() -> reception.registry().end(changes, loop));
                } catch (final RejectedExecutionException e) {
                    // The loop has shut down with its connections: no session is left on it.
                }
            }
        });
    }

    public int connectionCount() {
        return reception.connectionCount();
    }

    public int sessionCount() {
        return reception.sessionCount();
    }

    /**
     * Takes no more connections and answers every further request BUSY; what is on the line goes on. After the return no event
     * loop is in the middle of a claim. Also ends a start whose {@link #listen} failed.
     */
    public void stopAccepting(final Duration timeout) {
        admission.stop();
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        awaitLoops(timeout);
    }

    /** Waits until each event loop has done what it was given before. */
    private void awaitLoops(final Duration timeout) {
        for (final EventExecutor loop : loops) {
            loop.submit(() -> {}).awaitUninterruptibly(timeout.toMillis());
        }
    }

    /** Closes every connection after what was handed over has been written. */
    public void close(final Duration timeout) {
        final long timeoutMs = timeout.toMillis();
        // The last replies go first.
        awaitLoops(timeout);
        reception.endConnections(timeoutMs);
        acceptLoop.shutdownGracefully(0, timeoutMs, TimeUnit.MILLISECONDS);
        loops.shutdownGracefully(0, timeoutMs, TimeUnit.MILLISECONDS).awaitUninterruptibly(timeoutMs);
    }
}
