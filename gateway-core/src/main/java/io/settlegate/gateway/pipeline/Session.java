package io.settlegate.gateway.pipeline;

import io.settlegate.protocol.ResultCode;
import org.agrona.DirectBuffer;

/**
 * One connection, as the reply stage sees it. All calls but {@link #deliver} and {@link #abandon} come from the reply stage's thread; none blocks, and a
 * session that is gone swallows what it is given.
 */
public interface Session {
    /**
     * Copies a frame towards the socket and frees one place of the window. It leaves at the next {@link Egress#flush()}.
     *
     * @param frame the frame, length field included.
     * @param length bytes from offset 0.
     */
    void enqueue(DirectBuffer frame, int length);

    /**
     * Any thread: copies a frame towards the socket, frees one place of the window, and sends it at once. For answers that are made
     * behind the line.
     *
     * @param frame the frame, length field included.
     * @param length bytes from offset 0.
     */
    default void deliver(final DirectBuffer frame, final int length) {
        throw new UnsupportedOperationException("nothing is answered here from behind the line");
    }

    /**
     * Any thread: ends the connection, because an answer can not be handed to it, and whoever waits for that would wait for ever. The
     * terminal connects again and sends again.
     */
    default void abandon() {}

    /**
     * The sign-in of this connection is durable: from the next flush on it may send requests with this key.
     *
     * @param sequence of the sign-in's record: of two sessions of a terminal the one with the higher is the live one.
     */
    void signedIn(TerminalKey key, long sequence);

    /** The sign-out of this connection is durable, and its reply was enqueued: the connection ends once all is answered. */
    default void signedOut() {}

    /** For the security log: what was refused here, and nothing that names a person. */
    void refused(ResultCode code);
}
