package io.settlegate.gateway.transport;

import io.settlegate.gateway.pipeline.ActSession;
import io.settlegate.gateway.pipeline.TerminalChange;
import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.gateway.pipeline.TerminalKeys;
import io.settlegate.protocol.ResultCode;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * An operator's connection. Keeps what each act changed of the terminals from the settle stage, which applied it, until the
 * reply stage, which knows it durable; only then do those terminals' sessions end.
 *
 * <p>Each method names its thread. Nothing blocks. Bounded by the window: one entry for each act under way.
 */
final class OperatorSession implements ActSession {
    private final NettySession connection;
    private final TerminalKeys terminalKeys;
    private final Consumer<List<TerminalChange>> endings;
    private final Queue<Applied> applied = new ConcurrentLinkedQueue<>();

    /** @param endings takes, on the reply stage, terminals whose sessions must end. */
    OperatorSession(
            final NettySession connection,
            final TerminalKeys terminalKeys,
            final Consumer<List<TerminalChange>> endings) {
        this.connection = connection;
        this.terminalKeys = terminalKeys;
        this.endings = endings;
    }

    private record Applied(long sequence, List<TerminalChange> changes) {}

    // ---- settle stage ----

    @Override
    public void applied(final long sequence) {
        final List<TerminalChange> changes = terminalKeys.takeChanges();
        if (!changes.isEmpty()) {
            applied.add(new Applied(sequence, changes));
        }
    }

    // ---- reply stage ----

    @Override
    public void durable(final long sequence) {
        final Applied first = applied.peek();
        if (first != null && first.sequence == sequence) {
            applied.remove();
            endings.accept(first.changes);
        }
    }

    @Override
    public void enqueue(final DirectBuffer frame, final int length) {
        connection.enqueue(frame, length);
    }

    @Override
    public void signedIn(final TerminalKey key, final long sequence) {
        throw new IllegalStateException("no sign-in comes from an operator's connection");
    }

    @Override
    public void refused(final ResultCode code) {
        connection.refused(code);
    }

    // ---- event loop ----

    NettySession connection() {
        return connection;
    }
}
