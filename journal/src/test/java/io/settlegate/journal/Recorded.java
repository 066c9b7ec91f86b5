package io.settlegate.journal;

import io.settlegate.protocol.receipt.Seal;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** A listener that keeps what it is told, and a state that can be begun from a snapshot of what another was told. */
class Recorded implements SnapshotState {
    static final long STATE_HASH_LOW = 7;

    final List<RecordKind> kinds = new ArrayList<>();
    final List<String> commands = new ArrayList<>();
    final List<Seal> seals = new ArrayList<>();
    Genesis genesis;

    @Override
    public void onRecord(final RecordView record) {
        if (record.sequence() != kinds.size()) {
            throw new AssertionError("told of record " + record.sequence() + " after " + kinds.size());
        }
        if (record.kind() == RecordKind.GENESIS) {
            genesis = Genesis.of(record);
        }
        kinds.add(record.kind());
        commands.add(record.kind() == RecordKind.COMMAND ? Fixture.command(record) : "");
    }

    @Override
    public void onSeal(final Seal seal) {
        seals.add(seal);
    }

    /** The beginning of a segment changes no state. */
    @Override
    public long stateHashHigh() {
        int last = kinds.size() - 1;
        while (last >= 0 && kinds.get(last) == RecordKind.SEGMENT) {
            last--;
        }
        return last + 1L;
    }

    @Override
    public long stateHashLow() {
        return STATE_HASH_LOW;
    }

    @Override
    public int stateFormat() {
        return 1;
    }

    @Override
    public void writeState(final WritableByteChannel target) throws IOException {
        final DataOutputStream output = new DataOutputStream(Channels.newOutputStream(target));
        output.writeInt(kinds.size());
        for (int i = 0; i < kinds.size(); i++) {
            output.writeUTF(kinds.get(i).name());
            output.writeUTF(commands.get(i));
        }
        output.writeInt(seals.size());
        for (final Seal seal : seals) {
            output.write(seal.bytes());
        }
    }

    @Override
    public void readState(final Genesis founded, final Seal seal, final ReadableByteChannel source) throws IOException {
        kinds.clear();
        commands.clear();
        seals.clear();
        genesis = founded;
        final DataInputStream input = new DataInputStream(Channels.newInputStream(source));
        final int count = input.readInt();
        for (int i = 0; i < count; i++) {
            kinds.add(RecordKind.valueOf(input.readUTF()));
            commands.add(input.readUTF());
        }
        final int sealCount = input.readInt();
        for (int i = 0; i < sealCount; i++) {
            seals.add(Seal.decode(input.readNBytes(Seal.LENGTH)));
        }
    }
}
