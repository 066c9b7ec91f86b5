package io.settlegate.gateway.pipeline;

import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.protocol.receipt.Seal;
import java.util.ArrayList;
import java.util.List;

/** Passes a replay on, and keeps all seals. For one thread. */
final class SealCollector implements ReplayListener {
    private final ReplayListener next;
    private final List<byte[]> seals = new ArrayList<>();

    SealCollector(final ReplayListener next) {
        this.next = next;
    }

    List<byte[]> seals() {
        return seals;
    }

    @Override
    public void onRecord(final RecordView record) {
        next.onRecord(record);
    }

    @Override
    public void onSeal(final Seal seal) {
        seals.add(seal.bytes());
        next.onSeal(seal);
    }

    @Override
    public void onAllRead() {
        next.onAllRead();
    }

    @Override
    public long stateHashHigh() {
        return next.stateHashHigh();
    }

    @Override
    public long stateHashLow() {
        return next.stateHashLow();
    }
}
