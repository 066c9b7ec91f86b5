package io.settlegate.protocol.client;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A terminal: signs in, sends requests without waiting for one another, checks each receipt, and when the connection breaks
 * connects again and sends what was not answered with the same bytes, so that each request is settled once.
 *
 * <p>{@link #send} may be called by any thread and waits while the window is full. Two daemon threads belong to the client;
 * futures complete on them. A request stays pending until it is answered or the client is closed: no reply means unknown.
 */
public final class TerminalClient implements AutoCloseable {
    private final GatewayEndpoint gateway;
    private final ClientTiming timing;
    private final Clock clock;
    private final RequestSigner signer;
    private final ReceiptVerifier receiptVerifier;
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final ScheduledExecutorService timer;
    private final Thread reader;

    // ---- guarded by pending ----
    private Connection connection;
    private MsgidLane lane;
    private int windowCount;
    private boolean closed;

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
        this.receiptVerifier = new ReceiptVerifier(gateway.key(), new BouncyCastleVerifier());
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

    private static Connection.Opened open(
            final GatewayEndpoint gateway, final RequestSigner signer, final ClientTiming timing, final Clock clock)
            throws IOException {
        IOException last = null;
        for (final var address : gateway.addresses()) {
            try {
                return Connection.open(address, gateway, signer, timing, clock);
            } catch (final IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Signs this terminal's requests. */
    public RequestSigner requests() {
        return signer;
    }

    /** A msgid of this terminal's lane. */
    public String nextMsgid() {
        synchronized (pending) {
            return lane.next();
        }
    }

    /**
     * Sends a request. The future completes with the answer, or with {@link ReceiptRefusedException}.
     *
     * @throws IllegalStateException if the client is closed.
     * @throws InterruptedException if interrupted while the window is full.
     */
    public CompletableFuture<Answer> send(final SignedRequest request) throws InterruptedException {
        final Pending entry = new Pending(request, new CompletableFuture<>());
        final Connection current;
        synchronized (pending) {
            while (!closed && pending.size() >= windowCount) {
                pending.wait();
            }
            if (closed) {
                throw new IllegalStateException("the client is closed");
            }
            if (pending.putIfAbsent(request.correlationId(), entry) != null) {
                throw new IllegalArgumentException(
                        "correlation id " + request.correlationId() + " is already under way");
            }
            current = connection;
        }
        sendOn(current, request);
        return entry.answer;
    }

    /** Requests that have no answer yet. */
    public int pendingCount() {
        synchronized (pending) {
            return pending.size();
        }
    }

    private void readLoop() {
        Connection current = connection();
        while (current != null) {
            try {
                current.poll(new Answers());
            } catch (final IOException | RuntimeException e) {
                // Whatever broke, the connection is of no more use; what was not answered is sent again on the next.
                closeQuietly(current);
                current = reconnect();
            }
        }
    }

    private Connection connection() {
        synchronized (pending) {
            return closed ? null : connection;
        }
    }

    /** @return null once the client is closed. */
    private Connection reconnect() {
        while (connection() != null) {
            try {
                final Connection.Opened opened = open(gateway, signer, timing, clock);
                resume(opened);
                return opened.connection();
            } catch (final IOException | RuntimeException e) {
                pause(timing.reconnectDelayMs());
            }
        }
        return null;
    }

    private void resume(final Connection.Opened opened) throws IOException {
        try {
            for (final SignedRequest request : entered(opened)) {
                opened.connection().send(request);
            }
        } catch (final IOException | RuntimeException e) {
            closeQuietly(opened.connection());
            throw e;
        }
    }

    /** @return what is to be sent again, oldest first. */
    private List<SignedRequest> entered(final Connection.Opened opened) {
        final Answer answer = opened.answer();
        checkAnswer(opened.signIn(), answer);
        final SignInOutcomeDecoder terms = answer.signIn();
        final List<SignedRequest> unanswered = new ArrayList<>();
        synchronized (pending) {
            if (closed) {
                closeQuietly(opened.connection());
                return unanswered;
            }
            connection = opened.connection();
            windowCount = terms.windowCount();
            if (lane == null) {
                lane = new MsgidLane(signer.identity().fixmedinsCode(), terms.laneFirst(), terms.laneCount(), clock);
            }
            for (final Pending entry : pending.values()) {
                unanswered.add(entry.request);
            }
        }
        return unanswered;
    }

    /** A first answer proves these very bytes; a repeat proves what was sent first, perhaps by another terminal. */
    private void checkAnswer(final SignedRequest request, final Answer answer) {
        final byte[] asked = answer.kind() == ReplyKind.FIRST ? request.frame() : null;
        checkReceipt(request, answer.outcome(), answer.receipt(), asked);
        checkMsgid(request, answer.outcome(), request.msgid());
        if (answer.recordReceipt().length > 0) {
            checkReceipt(request, answer.recordOutcome(), answer.recordReceipt(), null);
            checkMsgid(request, answer.recordOutcome(), answer.query().omsgid());
        }
    }

    /** An outcome that proves itself may still be that of another msgid. */
    private static void checkMsgid(final SignedRequest request, final byte[] outcome, final String msgid) {
        if (!Answer.msgidOf(outcome).equals(msgid)) {
            throw new ReceiptRefusedException(request.msgid(), "the outcome is that of another msgid");
        }
    }

    private void checkReceipt(
            final SignedRequest request, final byte[] outcome, final byte[] receipt, final byte[] asked) {
        final ReceiptVerdict verdict;
        synchronized (receiptVerifier) {
            verdict = receiptVerifier.verify(receipt, outcome, asked);
        }
        if (!verdict.isValid()) {
            throw new ReceiptRefusedException(request.msgid(), verdict.toString());
        }
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
        final Connection current = connection();
        if (current != null) {
            try {
                current.heartbeat();
            } catch (final IOException e) {
                closeQuietly(current);
            }
        }
    }

    private Pending remove(final long correlationId) {
        synchronized (pending) {
            final Pending entry = pending.remove(correlationId);
            pending.notifyAll();
            return entry;
        }
    }

    /** Closes the connection; pending requests complete exceptionally: their outcome is unknown. */
    @Override
    public void close() {
        final List<Pending> unanswered;
        synchronized (pending) {
            closed = true;
            unanswered = new ArrayList<>(pending.values());
            pending.clear();
            pending.notifyAll();
            closeQuietly(connection);
        }
        timer.shutdownNow();
        for (final Pending entry : unanswered) {
            entry.answer.completeExceptionally(new IOException("closed before the answer to " + entry.request.msgid()));
        }
    }

    private static void closeQuietly(final Connection connection) {
        try {
            connection.close();
        } catch (final IOException e) {
            // There is nothing left to save on a socket that does not close.
        }
    }

    private static void pause(final int delayMs) {
        try {
            TimeUnit.MILLISECONDS.sleep(delayMs);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private record Pending(SignedRequest request, CompletableFuture<Answer> answer) {}

    private final class Answers implements Connection.Listener {
        @Override
        public void onReply(final long correlationId, final ReplyDecoder reply) {
            final Pending entry = remove(correlationId);
            if (entry == null) {
                return;
            }
            try {
                final Answer answer = Connection.answer(entry.request.msgid(), reply);
                checkAnswer(entry.request, answer);
                entry.answer.complete(answer);
            } catch (final RuntimeException e) {
                // Also a reply that cannot be read: whoever waits must hear of it.
                entry.answer.completeExceptionally(e);
            }
        }

        @Override
        public void onBusy(final long correlationId, final int retryAfterMs) {
            synchronized (pending) {
                final Pending entry = pending.get(correlationId);
                if (entry != null && !closed) {
                    timer.schedule(() -> resend(entry), Math.max(1, retryAfterMs), TimeUnit.MILLISECONDS);
                }
            }
        }

        @SuppressWarnings("ReferenceEquality") // the same entry, not an equal one
        private void resend(final Pending entry) {
            final Connection current;
            synchronized (pending) {
                current = pending.get(entry.request.correlationId()) == entry ? connection : null;
            }
            if (current != null) {
                sendOn(current, entry.request);
            }
        }

        @Override
        public void onRefusal(final long correlationId, final ResultCode code) {
            final Pending entry = remove(correlationId);
            if (entry != null) {
                entry.answer.complete(Answer.refusal(entry.request.msgid(), code));
            }
        }
    }
}
