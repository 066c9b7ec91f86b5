package io.settlegate.protocol.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What has no answer yet, the window that bounds it, and the connection that carries it.
 *
 * <p>Safe for all threads: everything is guarded by this object, which is also what those wait on that want room.
 */
final class PendingRequests {
    /** A request and who waits for its answer. */
    record Pending(SignedRequest request, CompletableFuture<Answer> answer) {}

    private final Map<Long, Pending> byCorrelationId = new LinkedHashMap<>();
    private Connection connection;
    private int windowCount;
    private boolean isLeaving;
    private boolean isEnded;
    private IOException endedBecause;

    /** Waits for room, books the request, and answers the connection to send it on. */
    synchronized Connection add(final Pending entry) throws InterruptedException {
        while (!isEnded && !isLeaving && byCorrelationId.size() >= windowCount) {
            wait();
        }
        requireOpen();
        return book(entry);
    }

    /** Books the request and answers the connection to send it on; null where there is no room, or none for its number. */
    synchronized Connection tryAdd(final Pending entry) {
        requireOpen();
        return byCorrelationId.size() >= windowCount || byCorrelationId.containsKey(entry.request.correlationId())
                ? null
                : book(entry);
    }

    /** Waits until nothing is pending; then lets in this last request and no other. */
    synchronized Connection addLast(final Pending entry) throws InterruptedException {
        requireOpen();
        isLeaving = true;
        notifyAll();
        while (!isEnded && !byCorrelationId.isEmpty()) {
            wait();
        }
        if (isEnded) {
            throw closed();
        }
        return book(entry);
    }

    private Connection book(final Pending entry) {
        if (byCorrelationId.putIfAbsent(entry.request.correlationId(), entry) != null) {
            throw new IllegalArgumentException(
                    "correlation id " + entry.request.correlationId() + " is already under way");
        }
        return connection;
    }

    private void requireOpen() {
        if (isEnded) {
            throw closed();
        }
        if (isLeaving) {
            throw new IllegalStateException("the terminal is signing out");
        }
    }

    private IllegalStateException closed() {
        return endedBecause == null
                ? new IllegalStateException("the client is closed")
                : new IllegalStateException("the client has ended: " + endedBecause.getMessage(), endedBecause);
    }

    /** The request that waits under this number, or null. */
    synchronized Pending get(final long correlationId) {
        return byCorrelationId.get(correlationId);
    }

    /** Takes the request that waits under this number, or null. */
    synchronized Pending remove(final long correlationId) {
        final Pending entry = byCorrelationId.remove(correlationId);
        notifyAll();
        return entry;
    }

    /** Takes the request if it is this very one that waits under its number; else null. */
    synchronized Pending removeSame(final SignedRequest request) {
        final Pending entry = byCorrelationId.get(request.correlationId());
        return entry != null && entry.request.msgid().equals(request.msgid()) ? remove(request.correlationId()) : null;
    }

    synchronized int count() {
        return byCorrelationId.size();
    }

    /** The connection in use, whether it still works or not; null once the client has ended. */
    synchronized Connection connection() {
        return isEnded ? null : connection;
    }

    /**
     * Goes on with a new connection.
     *
     * @return what is to be sent again, oldest first; null if the client has ended.
     */
    synchronized List<SignedRequest> moveTo(final Connection opened, final int newWindowCount) {
        if (isEnded) {
            return null;
        }
        connection = opened;
        windowCount = newWindowCount;
        notifyAll();
        return byCorrelationId.values().stream().map(Pending::request).toList();
    }

    /**
     * Lets nobody in any more.
     *
     * @param because null if the caller wanted it.
     * @return whose answers will not come; the first call alone finds any.
     */
    synchronized List<Pending> end(final IOException because) {
        if (!isEnded) {
            isEnded = true;
            endedBecause = because;
        }
        final List<Pending> unanswered = new ArrayList<>(byCorrelationId.values());
        byCorrelationId.clear();
        notifyAll();
        return unanswered;
    }

    /** Waits, or less if the client ends meanwhile. */
    synchronized void pause(final long delayMs) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs);
        for (long leftNs = deadlineNs - System.nanoTime(); !isEnded && leftNs > 0; ) {
            try {
                // Rounded up: a wait of zero would wait for ever.
                wait(leftNs / 1_000_000 + 1);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            leftNs = deadlineNs - System.nanoTime();
        }
    }
}
