package io.settlegate.gateway.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.settlegate.gateway.operations.OperatorAddress;
import io.settlegate.gateway.pipeline.OperatorKey;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operators' listener: a Unix socket that only the gateway's user may open, or a loopback port. Whoever gets that far still
 * needs the operator's key.
 *
 * <p>Opened and closed by the boot thread. Its connections run on the terminals' event loops, because the ring was wired for so
 * many publishers; acts are rare, and an import waits its turn.
 */
public final class OperatorServer {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorServer.class);

    private final Channel listener;
    private final SocketFile file;
    private final SocketAddress address;
    private final OperatorReception reception;

    private OperatorServer(
            final Channel listener,
            final SocketFile file,
            final SocketAddress address,
            final OperatorReception reception) {
        this.listener = listener;
        this.file = file;
        this.address = address;
        this.reception = reception;
    }

    /**
     * Binds and listens beside a listener for terminals, which listens already.
     *
     * @throws IOException if the address cannot be bound.
     */
    public static OperatorServer listen(
            final OperatorConfiguration configuration, final OperatorKey operatorKey, final TerminalServer terminals)
            throws IOException {
        final OperatorReception reception = new OperatorReception(
                configuration, operatorKey, terminals.reception(), terminals::endSessionsAfterFlush);
        // What the replay published concerns no session; no act can have come yet.
        terminals.reception().terminalKeys().takeChanges();
        if (!(configuration.listen() instanceof UnixDomainSocketAddress unix)) {
            final Channel bound = bind(configuration.listen(), terminals, reception, Kind.TCP);
            return new OperatorServer(bound, null, bound.localAddress(), reception);
        }
        final SocketFile file = new SocketFile(unix.getPath());
        file.clear();
        final SocketAddress local =
                Epoll.isAvailable() ? new DomainSocketAddress(unix.getPath().toString()) : unix;
        final Channel bound = bind(local, terminals, reception, Kind.UNIX);
        try {
            file.guard();
        } catch (final IOException e) {
            bound.close().awaitUninterruptibly();
            file.remove();
            throw e;
        }
        return new OperatorServer(bound, file, unix, reception);
    }

    private enum Kind {
        TCP,
        UNIX
    }

    private static Channel bind(
            final SocketAddress address,
            final TerminalServer terminals,
            final OperatorReception reception,
            final Kind kind)
            throws IOException {
        try {
            return new ServerBootstrap()
                    .group(terminals.acceptLoop(), terminals.loops())
                    .channel(channelType(kind))
                    .childHandler(reception)
                    .bind(address)
                    .sync()
                    .channel();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while binding " + address, e);
        } catch (final Exception e) {
            throw new IOException("operators cannot be heard on " + address + ": " + e.getMessage(), e);
        }
    }

    private static Class<? extends ServerChannel> channelType(final Kind kind) {
        if (Epoll.isAvailable()) {
            return kind == Kind.UNIX ? EpollServerDomainSocketChannel.class : EpollServerSocketChannel.class;
        }
        return kind == Kind.UNIX ? NioServerDomainSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Where it listens; a port of 0 was chosen by the system. */
    public SocketAddress address() {
        return address;
    }

    public int connectionCount() {
        return reception.connectionCount();
    }

    /** Takes no more connections. Those that are open are the terminal listener's to drain and close. */
    public void stopAccepting() {
        listener.close().awaitUninterruptibly();
        try {
            if (file != null) {
                file.remove();
            }
        } catch (final IOException e) {
            LOG.warn("the socket {} stays behind; the next start removes it", OperatorAddress.shown(address), e);
        }
    }
}
