package io.settlegate.loadtest.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bad line to the gateway: passes bytes on in both directions, and loses a reply when it is told to, by cutting the connection on
 * which the reply came. Afterwards it is a good line again.
 *
 * <p>Safe for all threads. Two daemon threads for each connection, one for all.
 */
public final class LosingProxy implements AutoCloseable {
    private static final int BUFFER_LENGTH = 1 << 16;

    /** Longer than a heartbeat, shorter than any reply with a receipt. */
    private static final int REPLY_LENGTH = 128;

    private final ServerSocket listening;
    private final InetSocketAddress gateway;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isLosing = new AtomicBoolean();
    private final AtomicInteger lostCount = new AtomicInteger();

    public LosingProxy(final InetSocketAddress gateway) throws IOException {
        this.gateway = gateway;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept, "losing-proxy");
    }

    /** Where terminals connect. */
    public InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    /** The next reply does not arrive; its connection breaks. */
    public void loseNextReply() {
        isLosing.set(true);
    }

    /** Replies that the gateway gave and the terminal did not get. */
    public int lostCount() {
        return lostCount.get();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                final Socket terminal = listening.accept();
                open.add(terminal);
                final Socket server = new Socket();
                open.add(server);
                server.connect(gateway);
                start(() -> pass(terminal, server, false), "losing-proxy-up");
                start(() -> pass(server, terminal, true), "losing-proxy-down");
            }
        } catch (final IOException e) {
            // Closed, or no gateway behind it: there is no line any more.
            close();
        }
    }

    private void pass(final Socket from, final Socket to, final boolean isDown) {
        final byte[] buffer = new byte[BUFFER_LENGTH];
        try (from;
                to) {
            final InputStream in = from.getInputStream();
            final OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0) {
                if (isDown && length >= REPLY_LENGTH && isLosing.compareAndSet(true, false)) {
                    lostCount.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, length);
                length = in.read(buffer);
            }
        } catch (final IOException e) {
            // A broken line is closed on both sides.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        quietly(listening);
        open.forEach(LosingProxy::quietly);
    }

    private static void quietly(final AutoCloseable socket) {
        try {
            socket.close();
        } catch (final Exception e) {
            // There is nothing left to save on a socket that does not close.
        }
    }

    private static void start(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
