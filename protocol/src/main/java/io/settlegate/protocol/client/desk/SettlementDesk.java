package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Sends requests that change money (2102, 2103, 2207, 2208, 2304, 2305, 2401) and brings each to a known end: settled, refused,
 * reversed, cancelled, or never come, whatever is lost on the way. Where no answer comes in time it asks, sends the same bytes again, or reverses,
 * by the caller's {@link UnknownRule}; it never settles again under another msgid. What is older than the
 * gateway's horizon it looks for in the records (5203). While the gateway is away a request stays open and
 * goes on with the next connection.
 *
 * <p>A small file carries what is open over restarts: a request is in it, on the disk, before it is sent first. After a start call
 * {@link #resumeUnfinished()}. The file holds requests with identity numbers and is to be protected as they are. The state machine
 * stands in docs/PROTOCOL.md, "Settle or reverse".
 *
 * <p>Safe for all threads. One daemon thread belongs to it; futures complete on it, so what hangs on them is short. Close the desk
 * before its client.
 */
public final class SettlementDesk implements AutoCloseable {
    private final GatewayLine line;
    private final DeskThread thread;
    private final DeskFile file;
    private final Consumer<KnownOutcome> listener;
    private final Map<String, SettlementCase> cases = new ConcurrentHashMap<>();

    SettlementDesk(
            final GatewayLine line,
            final DeskThread thread,
            final DeskFile file,
            final Consumer<KnownOutcome> listener) {
        this.listener = listener;
        this.line = line;
        this.thread = thread;
        this.file = file;
    }

    /**
     * Opens a desk of this client's on its file, which is made if it is not there.
     *
     * @param listener hears of each end on the desk's thread before the file forgets it, so at least once over all restarts: the place
     *                 for a till to write it down. Twice the same is possible.
     * @throws DamagedFileException if the file is damaged in the middle: the message says where, and what to do.
     * @throws IOException if another process has the file, or it is another institution's, or the disk fails.
     */
    public static SettlementDesk open(
            final TerminalClient client, final Path path, final Consumer<KnownOutcome> listener) throws IOException {
        final TerminalIdentity identity = client.requests().identity();
        final DeskFile file = DeskFile.open(path, identity.fixmedinsCode());
        for (final OpenEntry entry : file.openEntries()) {
            client.requests().correlateAfter(entry.request().correlationId());
            if (entry.reversal() != null) {
                client.requests().correlateAfter(entry.reversal().correlationId());
            }
        }
        return new SettlementDesk(
                new ClientLine(client), new DaemonDeskThread("settlement-desk-" + identity.sn()), file, listener);
    }

    /** As above, where futures are enough. */
    public static SettlementDesk open(final TerminalClient client, final Path path) throws IOException {
        return open(client, path, outcome -> {});
    }

    /**
     * Sends a request and sees to it that its end is known. The future completes with the end; with {@link StillUnknownException} where
     * somebody has to act first, or the client ended: then the request stays in the file.
     *
     * @throws IllegalArgumentException if a reversal cannot name such a request, or if its msgid is at this desk already.
     * @throws IOException if the file cannot be written: nothing was sent.
     */
    public CompletableFuture<KnownOutcome> settleOrReverse(final SignedRequest request, final UnknownRule rule)
            throws IOException {
        final MoneyRequest money = new MoneyRequest(request);
        file.open(request, rule);
        return begin(money, new OpenEntry(request, rule), false);
    }

    /**
     * Takes up what the file says is open and this desk does not have in hand: what an earlier process left, what it knew and may not
     * have told, and what ended with {@link StillUnknownException}.
     *
     * @return the ends to come, by msgid, oldest first.
     */
    public Map<String, CompletableFuture<KnownOutcome>> resumeUnfinished() {
        final Map<String, CompletableFuture<KnownOutcome>> resumed = new LinkedHashMap<>();
        for (final OpenEntry entry : file.openEntries()) {
            if (!cases.containsKey(entry.request().msgid())) {
                resumed.put(entry.request().msgid(), begin(new MoneyRequest(entry.request()), entry, true));
            }
        }
        return resumed;
    }

    private CompletableFuture<KnownOutcome> begin(
            final MoneyRequest money, final OpenEntry entry, final boolean isResumed) {
        final SettlementCase begun = new SettlementCase(line, thread, file, money, entry, listener);
        cases.put(money.msgid(), begun);
        final CompletableFuture<KnownOutcome> known = begun.known();
        known.whenComplete((outcome, failure) -> cases.remove(money.msgid(), begun));
        if (entry.end() != null) {
            thread.execute(() -> begun.tellAgain(entry.end(), entry.code()));
        } else {
            thread.execute(isResumed ? begun::resume : begun::start);
        }
        return known;
    }

    /** Requests in hand whose end is not known yet. */
    public int openCount() {
        return cases.size();
    }

    /** Stops. What is open stays in the file; its futures complete exceptionally. */
    @Override
    public void close() throws IOException {
        thread.close();
        for (final SettlementCase open : cases.values()) {
            open.known()
                    .completeExceptionally(new StillUnknownException(
                            open.msgid(), new IOException("the desk was closed before its end was known")));
        }
        file.close();
    }
}
