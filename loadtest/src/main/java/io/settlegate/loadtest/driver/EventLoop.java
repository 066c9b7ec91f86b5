package io.settlegate.loadtest.driver;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One Netty thread that carries all connections: epoll where there is one, NIO elsewhere.
 *
 * <p>Safe for all threads. {@link #call} blocks its caller, never the loop.
 */
public final class EventLoop implements AutoCloseable {
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(30);
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final EventLoopGroup group;
    private final Class<? extends SocketChannel> channelType;

    public EventLoop() {
        final boolean epoll = Epoll.isAvailable();
        final IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, factory);
        channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    public ChannelFuture connect(final InetSocketAddress address, final FrameListener listener) {
        return new Bootstrap()
                .group(group)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(final SocketChannel channel) {
                        channel.pipeline().addLast(new FrameReader(listener));
                    }
                })
                .connect(address);
    }

    public void execute(final Runnable task) {
        group.execute(task);
    }

    public void schedule(final Runnable task, final long delay, final TimeUnit unit) {
        group.schedule(task, delay, unit);
    }

    /** Runs {@code task} on the loop and waits for what it returns. */
    public <T> T call(final Callable<T> task) {
        final Future<T> future = group.submit(task);
        try {
            return future.get(CALL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the event loop", e);
        } catch (final ExecutionException e) {
            throw new IllegalStateException("the event loop failed", e.getCause());
        } catch (final TimeoutException e) {
            throw new IllegalStateException(
                    "the event loop did not answer within " + CALL_DEADLINE.toSeconds() + " s", e);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(CALL_DEADLINE.toMillis());
    }
}
