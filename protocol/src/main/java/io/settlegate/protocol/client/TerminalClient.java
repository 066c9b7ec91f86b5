package io.settlegate.protocol.client;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.PendingRequests.Pending;
import io.settlegate.protocol.codec.RecordsPageDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import io.settlegate.protocol.codec.StatementPageDecoder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A terminal: signs in, sends requests without waiting for one another, checks each receipt, and when the connection breaks
 * connects again and sends what was not answered with the same bytes, so that each request is settled once.
 *
 * <p>{@link #send} may be called by any thread and waits while the window is full. Two daemon threads belong to the client;
 * futures complete on them. A request stays pending until it is answered or the client ends: no reply means unknown. The client
 * ends when it is closed, when it has signed out, and when the gateway refuses the terminal for good; {@link #ended()} tells.
 */
public final class TerminalClient implements AutoCloseable {
    private final GatewayEndpoint gateway;
    private final ClientTiming timing;
    private final Clock clock;
    private final RequestSigner signer;
    private final AnswerCheck check;
    private final ReconnectDelay delay;
    private final PendingRequests pending = new PendingRequests();
    private final Answers answers = new Answers();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ScheduledExecutorService timer;
    private final Thread reader;
    private volatile MsgidLane lane;
    private volatile String signNo;

    private TerminalClient(
            final GatewayEndpoint gateway,
            final TerminalIdentity identity,
            final ClientTiming timing,
            final Clock clock,
            final Connection.Opened first,
            final RequestSigner signer) {
        this.gateway = gateway;
        this.timing = timing;
        this.clock = clock;
        this.signer = signer;
        this.check = new AnswerCheck(gateway.key());
        this.delay = new ReconnectDelay(timing, new SecureRandom());
        this.timer =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "terminal-timer-" + identity.sn()));
        this.reader = daemon(this::readLoop, "terminal-" + identity.sn());
        entered(first);
    }

    /**
     * Connects and signs in.
     *
     * @throws GatewayRefusedException if the gateway refuses the terminal.
     * @throws ReceiptRefusedException if the receipt of the sign-in does not verify, for example with another gateway's key.
     * @throws IOException if no address can be reached.
     */
    public static TerminalClient connect(
            final GatewayEndpoint gateway,
            final TerminalIdentity identity,
            final ClientTiming timing,
            final Clock clock)
            throws IOException {
        final RequestSigner signer = new RequestSigner(identity, gateway.gatewayId(), clock, new SecureRandom());
        final Connection.Opened first = open(gateway, signer, timing, clock);
        final TerminalClient client;
        try {
            client = new TerminalClient(gateway, identity, timing, clock, first, signer);
        } catch (final RuntimeException e) {
            closeQuietly(first.connection());
            throw e;
        }
        client.reader.start();
        client.timer.scheduleAtFixedRate(
                client::heartbeat, timing.heartbeatIntervalMs(), timing.heartbeatIntervalMs(), TimeUnit.MILLISECONDS);
        return client;
    }

    /** A refusal says more than an address that does not answer, so it is what the caller hears of. */
    private static Connection.Opened open(
            final GatewayEndpoint gateway, final RequestSigner signer, final ClientTiming timing, final Clock clock)
            throws IOException {
        IOException told = null;
        for (final var address : gateway.addresses()) {
            try {
                return Connection.open(address, gateway, signer, timing, clock);
            } catch (final IOException e) {
                told = told instanceof GatewayRefusedException ? told : e;
            }
        }
        throw told;
    }

    /** Encodes and signs this terminal's requests, one method for each transaction; {@link #send} takes what they make. */
    public RequestSigner requests() {
        return signer;
    }

    /** A msgid of this terminal's lane. */
    public String nextMsgid() {
        return lane.next();
    }

    /**
     * Sends a request. The future completes with the answer, or with {@link ReceiptRefusedException}, or with
     * {@link IOException} where the client ended before the answer: the outcome is then unknown.
     *
     * @throws IllegalStateException if the client has ended; the cause is the gateway's refusal, if that ended it.
     * @throws InterruptedException if interrupted while the window is full.
     */
    public CompletableFuture<Answer> send(final SignedRequest request) throws InterruptedException {
        final Pending entry = new Pending(request, new CompletableFuture<>());
        sendOn(pending.add(entry), request);
        return entry.answer();
    }

    /**
     * Sends a request as {@link #send} does, but does not wait.
     *
     * @return empty if the window is full, or if a request of this correlation id is under way: try again later.
     * @throws IllegalStateException if the client has ended; the cause is the gateway's refusal, if that ended it.
     */
    public Optional<CompletableFuture<Answer>> trySend(final SignedRequest request) {
        final Pending entry = new Pending(request, new CompletableFuture<>());
        final Connection current = pending.tryAdd(entry);
        if (current == null) {
            return Optional.empty();
        }
        sendOn(current, request);
        return Optional.of(entry.answer());
    }

    /**
     * Waits for the answer to this request no longer, and does not send it again by itself: its outcome is unknown. Its future is
     * cancelled. What was sent may still be taken by the gateway; an answer to it is then passed over.
     *
     * @return false if it was not under way.
     */
    public boolean forget(final SignedRequest request) {
        final Pending entry = pending.removeSame(request);
        return entry != null && entry.answer().cancel(false);
    }

    /**
     * Asks for a page of answers of record (5203): {@link Answer#page()} of what comes. Nothing that was answered before the call is
     * missing. Where the page says that there is more, ask again with {@link RecordsQuery#after}. One that was put off (205) for longer than a
     * minute is answered READ_STALE (406): ask again.
     *
     * @throws IllegalStateException if the client has ended.
     * @throws InterruptedException if interrupted while the window is full.
     */
    public CompletableFuture<Answer> query(final RecordsQuery wanted) throws InterruptedException {
        return send(signer.records(nextMsgid(), wanted));
    }

    /**
     * Signs out (9002) once everything sent is answered, and closes the client with the answer. From the call on nothing else can
     * be sent.
     *
     * @throws IllegalStateException if the client has ended.
     * @throws InterruptedException if interrupted while waiting for the last answers.
     */
    public CompletableFuture<Answer> signOut(final String opterNo) throws InterruptedException {
        final SignedRequest request = signer.signOut(nextMsgid(), signNo, opterNo);
        final Pending entry = new Pending(request, new CompletableFuture<>());
        sendOn(pending.addLast(entry), request);
        return entry.answer().whenComplete((answer, failure) -> close());
    }

    /** Requests that have no answer yet. */
    public int pendingCount() {
        return pending.count();
    }

    /**
     * Completes when the client ends: normally if it was closed or has signed out, with {@link GatewayRefusedException} if the
     * gateway has refused the terminal for good, because it was suspended or revoked.
     */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    private void readLoop() {
        Connection current = pending.connection();
        while (current != null) {
            try {
                current.poll(answers);
                delay.reset();
            } catch (final IOException | RuntimeException e) {
                // Whatever broke, the connection is of no more use; what was not answered is sent again on the next.
                closeQuietly(current);
                current = reconnect();
            }
        }
    }

    /** @return null once the client has ended. */
    private Connection reconnect() {
        while (pending.connection() != null) {
            pending.pause(delay.nextMs());
            try {
                final Connection.Opened opened = open(gateway, signer, timing, clock);
                return resume(opened) ? opened.connection() : null;
            } catch (final GatewayRefusedException e) {
                if (e.isPermanent()) {
                    end(e);
                    return null;
                }
            } catch (final IOException | RuntimeException unreachable) {
                // The gateway is away, or it is not the gateway. The next try may find it.
            }
        }
        return null;
    }

    private boolean resume(final Connection.Opened opened) throws IOException {
        try {
            final List<SignedRequest> unanswered = entered(opened);
            if (unanswered == null) {
                closeQuietly(opened.connection());
                return false;
            }
            for (final SignedRequest request : unanswered) {
                opened.connection().send(request);
            }
            return true;
        } catch (final IOException | RuntimeException e) {
            closeQuietly(opened.connection());
            throw e;
        }
    }

    /** @return what is to be sent again, oldest first; null if the client has ended. */
    private List<SignedRequest> entered(final Connection.Opened opened) {
        final Answer answer = opened.answer();
        check.check(opened.signIn(), answer);
        final SignInOutcomeDecoder terms = answer.signIn();
        if (lane == null) {
            lane = new MsgidLane(signer.identity().fixmedinsCode(), terms.laneFirst(), terms.laneCount(), clock);
        }
        final int windowCount = terms.windowCount();
        signNo = terms.signNo();
        return pending.moveTo(opened.connection(), windowCount);
    }

    private void sendOn(final Connection current, final SignedRequest request) {
        try {
            current.send(request);
        } catch (final IOException e) {
            // The reader notices too, reconnects, and sends it again.
            closeQuietly(current);
        }
    }

    private void heartbeat() {
        final Connection current = pending.connection();
        if (current != null) {
            try {
                current.heartbeat();
            } catch (final IOException e) {
                closeQuietly(current);
            }
        }
    }

    /** Closes the connection; pending requests complete exceptionally: their outcome is unknown. */
    @Override
    public void close() {
        end(null);
    }

    private void end(final GatewayRefusedException refusal) {
        final Connection last = pending.connection();
        final List<Pending> unanswered = pending.end(refusal);
        if (last != null) {
            closeQuietly(last);
        }
        timer.shutdownNow();
        if (refusal == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(refusal);
        }
        for (final Pending entry : unanswered) {
            entry.answer().completeExceptionally(unknown(entry, refusal));
        }
    }

    private static IOException unknown(final Pending entry, final GatewayRefusedException refusal) {
        final String what =
                "ended before the answer to " + entry.request().msgid() + ": whether it was done is unknown";
        return refusal == null ? new IOException(what) : new IOException(what + "; " + refusal.getMessage(), refusal);
    }

    private static void closeQuietly(final Connection connection) {
        try {
            connection.close();
        } catch (final IOException e) {
            // There is nothing left to save on a socket that does not close.
        }
    }

    private static Thread daemon(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private final class Answers implements Connection.Listener {
        @Override
        public void onReply(final long correlationId, final ReplyDecoder reply) {
            complete(correlationId, msgid -> Connection.answer(msgid, reply));
        }

        @Override
        public void onPage(final long correlationId, final RecordsPageDecoder page) {
            complete(correlationId, msgid -> Connection.answer(msgid, page));
        }

        @Override
        public void onFindings(final long correlationId, final StatementPageDecoder page) {
            complete(correlationId, msgid -> StatementFindingsReader.answer(msgid, page));
        }

        private void complete(final long correlationId, final Function<String, Answer> reading) {
            final Pending entry = pending.remove(correlationId);
            if (entry == null) {
                return;
            }
            try {
                final Answer answer = reading.apply(entry.request().msgid());
                check.check(entry.request(), answer);
                entry.answer().complete(answer);
            } catch (final RuntimeException e) {
                // Also a reply that cannot be read: whoever waits must hear of it.
                entry.answer().completeExceptionally(e);
            }
        }

        @Override
        public void onBusy(final long correlationId, final int retryAfterMs) {
            final Pending entry = pending.get(correlationId);
            if (entry != null) {
                timer.schedule(() -> resend(entry), Math.max(1, retryAfterMs), TimeUnit.MILLISECONDS);
            }
        }

        private void resend(final Pending entry) {
            final Connection current = pending.connection();
            if (current != null && entry.equals(pending.get(entry.request().correlationId()))) {
                sendOn(current, entry.request());
            }
        }

        @Override
        public void onRefusal(final long correlationId, final ResultCode code) {
            final Pending entry = pending.remove(correlationId);
            if (entry != null) {
                entry.answer().complete(Answer.refusal(entry.request().msgid(), code));
            }
        }
    }
}
