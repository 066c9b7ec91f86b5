package io.settlegate.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.settlegate.gateway.pipeline.LineCounters;
import io.settlegate.gateway.pipeline.RequestPublisher;
import io.settlegate.gateway.pipeline.TerminalKeys;
import io.settlegate.protocol.crypto.SignatureVerifiers;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What all connections of the listener share. Safe for all event loops.
 */
final class Reception {
    /** How long a peer has to close its side when the gateway stops. */
    private static final long GRACE_MS = 500;

    private static final long POLL_NS = 5_000_000;

    private final TransportConfiguration configuration;
    private final String gatewayId;
    private final TerminalKeys terminalKeys;
    private final SignatureVerifiers signatures;
    private final RequestPublisher publisher;
    private final NettyEgress egress;
    private final Supplier<byte[]> newestSeal;
    private final Admission admission;
    private final LineCounters lineCounters;
    private final TransportCounters counters;
    private final Clock clock;
    private final PeerWatch.Sweeps deadlines;
    private final Map<EventLoop, LoopConnections> connections = new ConcurrentHashMap<>();
    private final SessionRegistry registry = new SessionRegistry();
    private final SecurityLogBudget securityLogBudget = new SecurityLogBudget();
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger connectionCount = new AtomicInteger();

    Reception(
            final TransportConfiguration configuration,
            final String gatewayId,
            final TerminalKeys terminalKeys,
            final SignatureVerifiers signatures,
            final RequestPublisher publisher,
            final NettyEgress egress,
            final Supplier<byte[]> newestSeal,
            final Admission admission,
            final LineCounters lineCounters,
            final TransportCounters counters,
            final Clock clock) {
        this.configuration = configuration;
        this.gatewayId = gatewayId;
        this.terminalKeys = terminalKeys;
        this.signatures = signatures;
        this.publisher = publisher;
        this.egress = egress;
        this.newestSeal = newestSeal;
        this.admission = admission;
        this.lineCounters = lineCounters;
        this.counters = counters;
        this.clock = clock;
        this.deadlines = configuration.deadlines();
    }

    /** True if there is room for one more connection, which is then counted until {@link #closed()}. */
    boolean tryOpen() {
        if (connectionCount.incrementAndGet() > configuration.maxConnections()) {
            connectionCount.decrementAndGet();
            counters.closed(CloseCause.CONNECTION_LIMIT);
            return false;
        }
        counters.opened();
        return true;
    }

    /** Called on that loop. */
    LoopConnections connectionsOf(final EventLoop loop) {
        return connections.computeIfAbsent(loop, of -> new LoopConnections(of, configuration.sweepIntervalMs()));
    }

    /**
     * Ends every connection: the gateway's side at once, the peer's within a grace, because to close over unread bytes would take
     * the last replies from the peer. A loop's own shutdown is no substitute: without a quiet period it may end before it has
     * closed what is open.
     */
    void endConnections(final long timeoutMs) {
        connections.forEach((loop, open) -> loop.submit(open::depart).awaitUninterruptibly(timeoutMs));
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(timeoutMs, GRACE_MS));
        while (connectionCount() > 0 && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(POLL_NS);
        }
        connections.forEach((loop, open) -> loop.submit(open::close).awaitUninterruptibly(timeoutMs));
    }

    /** A terminal's connection. */
    NettySession session(final Channel channel, final FrameDecoder decoder) {
        return new NettySession(channel, this, egress, decoder, deadlines, NettySession.Opening.SIGN_IN);
    }

    /** An operator's connection: nobody signs in there, for each act carries its own proof. */
    NettySession operatorSession(final Channel channel, final FrameDecoder decoder, final int idleTimeoutMs) {
        final PeerWatch.Sweeps withIdle = deadlines.withIdle(idleTimeoutMs / configuration.sweepIntervalMs());
        return new NettySession(channel, this, egress, decoder, withIdle, NettySession.Opening.NONE);
    }

    void closed() {
        connectionCount.decrementAndGet();
    }

    int connectionCount() {
        return connectionCount.get();
    }

    int sessionCount() {
        return registry.count();
    }

    byte[] newNonce() {
        final byte[] nonce = new byte[FrameForm.NONCE_LENGTH];
        random.nextBytes(nonce);
        return nonce;
    }

    /** The newest durable seal, signature included. */
    byte[] newestSeal() {
        return newestSeal.get();
    }

    TransportConfiguration configuration() {
        return configuration;
    }

    String gatewayId() {
        return gatewayId;
    }

    TerminalKeys terminalKeys() {
        return terminalKeys;
    }

    SignatureVerifiers signatures() {
        return signatures;
    }

    RequestPublisher publisher() {
        return publisher;
    }

    Admission admission() {
        return admission;
    }

    LineCounters lineCounters() {
        return lineCounters;
    }

    TransportCounters counters() {
        return counters;
    }

    SessionRegistry registry() {
        return registry;
    }

    SecurityLogBudget securityLogBudget() {
        return securityLogBudget;
    }

    Clock clock() {
        return clock;
    }
}
