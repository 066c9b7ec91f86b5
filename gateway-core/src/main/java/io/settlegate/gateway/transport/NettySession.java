package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.settlegate.gateway.pipeline.LineCounters;
import io.settlegate.gateway.pipeline.Session;
import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.protocol.ResultCode;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One terminal's connection. The window and the sign-in belong to the event loop; the reply stage only hands over.
 */
final class NettySession implements Session {
    private static final Logger SECURITY_LOG = LoggerFactory.getLogger("settlegate.security");

    private final Channel channel;
    private final NettyEgress egress;
    private final SessionRegistry registry;
    private final LineCounters counters;
    private final SecurityLogBudget securityLogBudget;
    private final int maxOutboundLength;

    // ---- event loop ----
    private TerminalKey key;
    private boolean fenced;
    private boolean unflushed;
    private int inFlightCount;

    NettySession(
            final Channel channel,
            final NettyEgress egress,
            final SessionRegistry registry,
            final LineCounters counters,
            final SecurityLogBudget securityLogBudget,
            final int maxOutboundLength) {
        this.channel = channel;
        this.egress = egress;
        this.registry = registry;
        this.counters = counters;
        this.securityLogBudget = securityLogBudget;
        this.maxOutboundLength = maxOutboundLength;
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
    public void signedIn(final TerminalKey signedInKey) {
        egress.addSignIn(this, signedInKey);
    }

    @Override
    public void refused(final ResultCode code) {
        if (securityLogBudget.tryTake()) {
            SECURITY_LOG.warn("refused {} {} from {}", code.code(), code, peer());
        }
    }

    /** A Unix socket's peer has no address. */
    private String peer() {
        final String address = String.valueOf(channel.remoteAddress());
        return address.isEmpty() ? "a local socket" : address;
    }

    // ---- event loop ----

    void enter(final TerminalKey signedInKey) {
        if (channel.isActive()) {
            key = signedInKey;
            registry.enter(signedInKey.sn(), this);
        }
    }

    void leave() {
        if (key != null) {
            registry.leave(key.sn(), this);
        }
    }

    /** Another connection speaks for the terminal now. Runs on that connection's event loop. */
    void fence() {
        eventLoop().execute(() -> {
            fenced = true;
            channel.close();
        });
    }

    void claimed() {
        inFlightCount++;
    }

    /** A reply: frees a place of the window. */
    void write(final ByteBuf frame) {
        inFlightCount--;
        send(frame);
    }

    /** A frame of the transport's own. */
    void send(final ByteBuf frame) {
        if (!channel.isActive()) {
            frame.release();
            return;
        }
        channel.write(frame, channel.voidPromise());
        unflushed = true;
    }

    void flush() {
        if (!unflushed) {
            return;
        }
        unflushed = false;
        channel.flush();
        final ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        if (pending != null && pending.totalPendingWriteBytes() > maxOutboundLength) {
            counters.slowConsumer();
            channel.close();
        }
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
}
