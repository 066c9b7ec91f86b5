package io.settlegate.journal;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;

/**
 * What somebody with the gateway's key and the journal's files can do: the same records with one changed, every seal from it on
 * made again. The result is whole in itself. Writes segments 0 and 1 of a journal that has no more.
 */
final class RewrittenJournal {
    private final Store target = new MemoryStore(new MemoryFaults(1));
    private final SealChain chain = new SealChain();
    private final BatchLeaves leaves = new BatchLeaves();
    private final RecordFormat format = new RecordFormat();
    private final RecordFlyweight record = new RecordFlyweight();
    private final long changedSequence;
    private boolean isChanged;

    private RewrittenJournal(final long changedSequence) {
        this.changedSequence = changedSequence;
    }

    static Store of(final Store source, final long changedSequence) {
        final RewrittenJournal rewriting = new RewrittenJournal(changedSequence);
        for (final int segment : source.segments()) {
            rewriting.rewrite(source, segment);
        }
        return rewriting.target;
    }

    private void rewrite(final Store source, final int segment) {
        try (SegmentReader reader = new SegmentReader(source, segment);
                SegmentWriter writer = target.createSegment(segment)) {
            while (reader.next()) {
                if (record.wrap(reader.record()) != null) {
                    throw new AssertionError("the source is damaged");
                }
                final int length = record.kind() == RecordKind.SEAL ? seal() : sequenced();
                writer.append(format.buffer(), 0, length);
            }
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private int sequenced() {
        isChanged |= record.sequence() == changedSequence;
        final String command = record.sequence() == changedSequence ? "another command" : null;
        final byte[] body =
                command == null ? record.command() : command.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        final int length = format.encode(
                record.kind(),
                record.sequence(),
                record.timeMs(),
                record.rulesVersion(),
                record.keyVersion(),
                new org.agrona.concurrent.UnsafeBuffer(body),
                0,
                body.length,
                record.buffer(),
                record.outcomeOffset(),
                record.outcomeLength(),
                record.buffer(),
                record.internalOffset(),
                record.internalLength());
        final RecordFlyweight written = new RecordFlyweight();
        if (written.wrap(format.buffer().byteArray(), 0, length) != null) {
            throw new AssertionError("encoded wrongly");
        }
        leaves.add(written);
        return length;
    }

    private int seal() {
        final Seal old = Seal.decode(record.command());
        final Seal seal = isChanged
                ? chain.sign(
                        Fixture.IDENTITY,
                        old.durability(),
                        leaves,
                        old.timeMs(),
                        old.stateHashHigh(),
                        old.stateHashLow())
                : old;
        final int length = format.encodeSeal(seal, record.keyVersion(), leaves.hashes());
        chain.append(seal);
        leaves.clear();
        return length;
    }
}
