package io.settlegate.gateway;

import io.settlegate.gateway.operations.ActAnswer;
import io.settlegate.gateway.operations.OperatorClient;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.codec.ImportCommitDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Sends acts to a running gateway, several ahead of their answers, but none before the commit of an import's part is answered.
 * The first that is refused ends it: an import's later acts would be refused too.
 *
 * <p>One thread; blocks on the socket. A failure of the connection is an UncheckedIOException, and says what is unknown then.
 */
final class RunningTarget implements ActTarget {
    private final OperatorClient client;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private byte[] frame = new byte[0];
    private long lastSequence;
    private long appliedRowCount;

    RunningTarget(final OperatorClient client) {
        this.client = client;
    }

    @Override
    public String gatewayId() {
        return client.gatewayId();
    }

    @Override
    public void accept(final DirectBuffer source, final int offset, final int length) {
        if (frame.length < length) {
            frame = new byte[length];
        }
        source.getBytes(offset, frame, 0, length);
        try {
            while (client.pendingCount() >= OperatorClient.WINDOW_COUNT) {
                take();
            }
            client.send(frame, length);
            if (header.wrap(source, offset).templateId() == ImportCommitDecoder.TEMPLATE_ID) {
                appliedRowCount += drain();
            }
        } catch (final IOException e) {
            throw broken(e);
        }
    }

    @Override
    public void commit() {
        try {
            drain();
        } catch (final IOException e) {
            throw broken(e);
        }
    }

    /** @return the rows of the last answer. */
    private long drain() throws IOException {
        long rowCount = 0;
        while (client.pendingCount() > 0) {
            rowCount = take();
        }
        return rowCount;
    }

    private long take() throws IOException {
        final ActAnswer answer = client.receive();
        if (answer.kind() != ActAnswer.Kind.DONE) {
            throw new ActRefusedException(answer);
        }
        lastSequence = Math.max(lastSequence, answer.sequence());
        return answer.rowCount();
    }

    private static UncheckedIOException broken(final IOException cause) {
        return new UncheckedIOException(new IOException(
                "the gateway gave no answer (" + cause.getMessage()
                        + "): whether the last acts were done is not known. Run the command again",
                cause));
    }

    @Override
    public long appliedRowCount() {
        return appliedRowCount;
    }

    @Override
    public Optional<SettlementEngine> engine() {
        return Optional.empty();
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
