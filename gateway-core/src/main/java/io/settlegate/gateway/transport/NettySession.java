package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.settlegate.gateway.pipeline.Session;
import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.protocol.ResultCode;
import java.util.concurrent.RejectedExecutionException;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One terminal's connection, or an operator's. The window, the sign-in, and the deadlines belong to the event loop; the reply stage only hands
 * over.
 *
 * <p>A sign-out ends the session at its reply: what entered the ring before is answered, what comes after is refused, and when
 * nothing is under way any more the gateway ends its side of the connection and waits a moment for the peer to end the other,
 * because to close over unread bytes would take the last replies from the peer.
 */
final class NettySession implements Session, Peer {
    private static final Logger SECURITY_LOG = LoggerFactory.getLogger("settlegate.security");
    /** Before a sign-in there is little to say to a peer. */
    private static final int MAX_STRANGER_OUTBOUND_LENGTH = 64 * 1024;

    private static final int PROGRESS_SHIFT = 20;

    /** What a connection begins with. */
    enum Opening {
        SIGN_IN,
        NONE
    }

    private final Channel channel;
    private final Reception reception;
    private final NettyEgress egress;
    private final FrameDecoder decoder;
    private final PeerWatch watch;
    private final Opening opening;

    // ---- event loop ----
    private TerminalKey key;
    private boolean fenced;
    private boolean signedOut;
    private boolean leaving;
    private boolean closing;
    private boolean unflushed;
    private int inFlightCount;
    private long frameCount;
    private long sentCount;

    NettySession(
            final Channel channel,
            final Reception reception,
            final NettyEgress egress,
            final FrameDecoder decoder,
            final PeerWatch.Sweeps deadlines,
            final Opening opening) {
        this.channel = channel;
        this.reception = reception;
        this.egress = egress;
        this.decoder = decoder;
        this.watch = new PeerWatch(deadlines);
        this.opening = opening;
    }

    EventLoop eventLoop() {
        return channel.eventLoop();
    }

    // ---- reply stage ----

    @Override
    public void enqueue(final DirectBuffer frame, final int length) {
        final ByteBuf copy = channel.alloc().directBuffer(length);
        copy.writeBytes(frame.byteArray(), frame.wrapAdjustment(), length);
        egress.add(this, copy);
    }

    @Override
    public void signedIn(final TerminalKey signedInKey, final long sequence) {
        egress.addSignIn(this, signedInKey, sequence);
    }

    @Override
    public void signedOut() {
        egress.addSignOut(this);
    }

    @Override
    public void refused(final ResultCode code) {
        if (reception.securityLogBudget().tryTake()) {
            SECURITY_LOG.warn("refused {} {} from {}", code.code(), code, peer());
        }
    }

    /** A Unix socket's peer has no address. */
    private String peer() {
        final String address = String.valueOf(channel.remoteAddress());
        return address.isEmpty() ? "a local socket" : address;
    }

    // ---- any thread ----

    @Override
    public void deliver(final DirectBuffer frame, final int length) {
        final ByteBuf copy = channel.alloc().directBuffer(length);
        copy.writeBytes(frame.byteArray(), frame.wrapAdjustment(), length);
        try {
            eventLoop().execute(() -> {
                write(copy);
                flush();
            });
        } catch (final RejectedExecutionException e) {
            // The loop has shut down with its connections: nobody is left to hear.
            copy.release();
        }
    }

    @Override
    public void abandon() {
        try {
            eventLoop().execute(() -> close(CloseCause.FAULT));
        } catch (final RejectedExecutionException e) {
            // The loop has shut down with its connections.
        }
    }

    // ---- event loop ----

    /** Another event loop may have been faster with a later sign-in of the terminal; then this session never lives. */
    void enter(final TerminalKey signedInKey, final long sequence) {
        if (!channel.isActive()) {
            return;
        }
        if (reception.registry().enter(signedInKey.sn(), this, sequence)) {
            key = signedInKey;
            reception.signatures().prepare(signedInKey.publicKey());
        } else {
            fenced = true;
            close(CloseCause.FENCED);
        }
    }

    /** The session ends here; the connection when all is answered. */
    void end() {
        leave();
        signedOut = true;
    }

    /** The connection is gone, or its session has ended: another may speak for the terminal without fencing this one. */
    void leave() {
        if (key != null) {
            reception.registry().leave(key.sn(), this);
            key = null;
        }
    }

    /** Another connection speaks for the terminal now, or an act took its right to speak. Any event loop. */
    void fence(final CloseCause cause) {
        eventLoop().execute(() -> {
            fenced = true;
            close(cause);
        });
    }

    /** Cuts the connection. The first cause counts. */
    void close(final CloseCause cause) {
        if (!closing && channel.isActive()) {
            reception.counters().closed(cause);
        }
        closing = true;
        channel.close();
    }

    /** A whole frame came. */
    void heard() {
        frameCount++;
    }

    void claimed() {
        inFlightCount++;
        reception.counters().claimed();
    }

    /** A reply: frees a place of the window. */
    void write(final ByteBuf frame) {
        inFlightCount--;
        reception.counters().replied();
        send(frame);
    }

    /** A frame of the transport's own. */
    void send(final ByteBuf frame) {
        if (leaving || !channel.isActive()) {
            frame.release();
            return;
        }
        channel.write(frame, channel.voidPromise());
        sentCount++;
        unflushed = true;
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
            final ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
            if (outbound != null && outbound.totalPendingWriteBytes() > maxOutboundLength()) {
                close(CloseCause.OUTBOUND_LIMIT);
            }
        }
        if (signedOut && !leaving && inFlightCount == 0) {
            depart(CloseCause.SIGNED_OUT);
        }
    }

    /** What was written goes out, then the gateway's side ends; whatever still comes is not looked at. */
    void depart(final CloseCause cause) {
        if (!leaving && channel.isActive()) {
            leaving = true;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener((ChannelFutureListener) written -> endOutput(written, cause));
        }
    }

    private int maxOutboundLength() {
        return hasSignedIn() ? reception.configuration().maxOutboundLength() : MAX_STRANGER_OUTBOUND_LENGTH;
    }

    /** Everything was handed to the system: tell the peer that nothing follows. */
    private void endOutput(final ChannelFuture written, final CloseCause cause) {
        if (written.isSuccess() && channel instanceof DuplexChannel duplex) {
            reception.counters().closed(cause);
            closing = true;
            duplex.shutdownOutput();
        } else {
            close(cause);
        }
    }

    /** Looks at the deadlines. */
    void sweep() {
        final CloseCause cause = watch.sweep(this);
        if (cause != null) {
            close(cause);
        }
    }

    /** The connection was cut; frames of the same read may still come. */
    boolean isClosing() {
        return closing;
    }

    boolean isGone() {
        return !channel.isActive();
    }

    TerminalKey key() {
        return key;
    }

    boolean isFenced() {
        return fenced;
    }

    int inFlightCount() {
        return inFlightCount;
    }

    // ---- what the watch looks at ----

    @Override
    public boolean hasSignedIn() {
        return key != null || signedOut || opening == Opening.NONE;
    }

    @Override
    public boolean isLeaving() {
        return leaving;
    }

    @Override
    public long frameCount() {
        return frameCount;
    }

    @Override
    public boolean isFrameAwaited() {
        return channel.config().isAutoRead() && decoder.isPartial();
    }

    @Override
    public boolean isOutboundPending() {
        final ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound != null && outbound.totalPendingWriteBytes() > 0;
    }

    /** Frames that the system has taken whole, and bytes of the one under way. */
    @Override
    public long outboundProgress() {
        final ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound == null ? 0 : ((sentCount - outbound.size()) << PROGRESS_SHIFT) + outbound.currentProgress();
    }
}
