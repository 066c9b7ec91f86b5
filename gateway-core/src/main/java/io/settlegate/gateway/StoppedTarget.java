package io.settlegate.gateway;

import io.settlegate.gateway.settlement.SettlementEngine;
import java.time.Clock;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Writes acts into the journal of a gateway that is not running.
 *
 * <p>One thread, the one that opened the journal. Blocks on the disk.
 */
final class StoppedTarget implements ActTarget {
    private final OpenGateway gateway;
    private final ActRecorder recorder;

    StoppedTarget(final OpenGateway gateway, final Clock clock) {
        this.gateway = gateway;
        this.recorder = new ActRecorder(gateway.engine(), gateway.journal(), clock);
    }

    @Override
    public String gatewayId() {
        return gateway.journal().genesis().gatewayId();
    }

    @Override
    public void accept(final DirectBuffer frame, final int offset, final int length) {
        recorder.accept(frame, offset, length);
    }

    @Override
    public void commit() {
        recorder.commit();
    }

    @Override
    public long appliedRowCount() {
        return recorder.appliedRowCount();
    }

    @Override
    public Optional<SettlementEngine> engine() {
        return Optional.of(gateway.engine());
    }

    @Override
    public long lastSequence() {
        return gateway.journal().nextSequence() - 1;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
