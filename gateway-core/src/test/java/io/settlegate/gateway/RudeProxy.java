package io.settlegate.gateway;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between terminals and a gateway that is not to be trusted: it can cut every connection with a reset, lose what
 * either side says, or change a byte of it. Daemon threads; ends with {@link #close}.
 */
final class RudeProxy implements AutoCloseable {
    /** What becomes of frames. */
    enum Manner {
        POLITE,
        /** What the gateway says is lost. */
        SWALLOWS,
        /** What terminals say is lost. */
        DEAF,
        /** A byte of what the gateway says is changed. */
        FALSIFIES
    }

    /** Inside the outcome of any reply to a settlement. */
    private static final int FALSIFIED_OFFSET = 150;

    private final ServerSocket listener;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile InetSocketAddress gateway;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Manner manner = Manner.POLITE;

    RudeProxy(final InetSocketAddress gateway) throws IOException {
        this.gateway = gateway;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    void be(final Manner newManner) {
        manner = newManner;
    }

    /** Frames that were lost by now. */
    int lostCount() {
        return lost.get();
    }

    /** Where new connections lead from now on: a gateway that was started again may have another port. */
    void leadTo(final InetSocketAddress newGateway) {
        gateway = newGateway;
    }

    /** Resets every connection; what was under way is lost. */
    void cut() {
        sockets.forEach(RudeProxy::reset);
        sockets.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                final Socket terminal = listener.accept();
                connect(terminal);
            } catch (final IOException e) {
                // The listener was closed, or the gateway is away: the terminal tries again.
            }
        }
    }

    private void connect(final Socket terminal) throws IOException {
        final Socket server = new Socket();
        try {
            server.connect(gateway, 2_000);
        } catch (final IOException e) {
            reset(terminal);
            throw e;
        }
        sockets.add(terminal);
        sockets.add(server);
        daemon(() -> pump(terminal, server, false));
        daemon(() -> pump(server, terminal, true));
    }

    private void pump(final Socket from, final Socket to, final boolean isFromGateway) {
        try {
            final DataInputStream input = new DataInputStream(from.getInputStream());
            final DataOutputStream output = new DataOutputStream(to.getOutputStream());
            while (true) {
                final int length = input.readInt();
                final byte[] frame = input.readNBytes(Integer.reverseBytes(length));
                final Manner now = manner;
                if (now == (isFromGateway ? Manner.SWALLOWS : Manner.DEAF)) {
                    lost.incrementAndGet();
                    continue;
                }
                if (isFromGateway && now == Manner.FALSIFIES && frame.length > FALSIFIED_OFFSET) {
                    frame[FALSIFIED_OFFSET] ^= 1;
                }
                final byte[] whole = new byte[Integer.BYTES + frame.length];
                new org.agrona.concurrent.UnsafeBuffer(whole).putInt(0, length, java.nio.ByteOrder.BIG_ENDIAN);
                System.arraycopy(frame, 0, whole, Integer.BYTES, frame.length);
                output.write(whole);
            }
        } catch (final IOException e) {
            // Either side is gone.
        } finally {
            reset(from);
            reset(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void reset(final Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (final IOException e) {
            // It is closed already.
        }
    }

    private static void daemon(final Runnable task) {
        final Thread thread = new Thread(task, "rude-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
