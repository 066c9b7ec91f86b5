package io.settlegate.journal;

import io.settlegate.protocol.receipt.Seal;
import java.util.ArrayList;
import java.util.List;

/** A listener that keeps what it is told. */
class Recorded implements ReplayListener {
    final List<RecordKind> kinds = new ArrayList<>();
    final List<String> commands = new ArrayList<>();
    final List<Seal> seals = new ArrayList<>();

    @Override
    public void onRecord(final RecordView record) {
        if (record.sequence() != kinds.size()) {
            throw new AssertionError("told of record " + record.sequence() + " after " + kinds.size());
        }
        kinds.add(record.kind());
        commands.add(record.kind() == RecordKind.COMMAND ? Fixture.command(record) : "");
    }

    @Override
    public void onSeal(final Seal seal) {
        seals.add(seal);
    }

    @Override
    public long stateHashHigh() {
        return kinds.size();
    }

    @Override
    public long stateHashLow() {
        return 7;
    }
}
