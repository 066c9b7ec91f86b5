package io.settlegate.benchmarks;

import io.settlegate.gateway.pipeline.Egress;
import io.settlegate.gateway.pipeline.Session;
import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.protocol.ResultCode;
import org.agrona.DirectBuffer;

/**
 * The far end of the line: counts what a socket would have been given, at the flush that would have sent it.
 *
 * <p>Written by the reply stage's thread, read by any.
 */
final class CountedReplies implements Session, Egress {
    private long enqueuedCount;
    private volatile long flushedCount;

    /** Replies that are on their way. */
    long count() {
        return flushedCount;
    }

    @Override
    public void enqueue(final DirectBuffer frame, final int length) {
        enqueuedCount++;
    }

    @Override
    public void flush() {
        flushedCount = enqueuedCount;
    }

    @Override
    public void signedIn(final TerminalKey key, final long sequence) {
        throw new IllegalStateException("nobody signs in here");
    }

    @Override
    public void refused(final ResultCode code) {
        // The line's counters tell: a run must end with as many good answers as requests.
    }
}
