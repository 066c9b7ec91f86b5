package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.MerkleTree;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.Seal;
import java.util.Arrays;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads committed records by sequence and makes their receipts anew, byte for byte as first sent. Stops at the durable mark.
 *
 * <p>One thread, which need not be the writer's. Blocks on the disk. Keeps the batch read last, so that reading on in order is
 * cheap; receipts need the leaf hashes that stand beside each seal, and the digests of one record. Damage met on the way is a {@link JournalDamagedException}.
 */
public final class JournalReader implements AutoCloseable {
    private static final int COMMAND_PART = 0;
    private static final int OUTCOME_PART = Sm3.LENGTH;
    private static final int INTERNAL_PART = 2 * Sm3.LENGTH;

    private final Store store;
    private final BatchIndex index;
    private final Supplier<DurableMark> mark;
    private final RecordFlyweight record = new RecordFlyweight();
    private final BatchRecords records = new BatchRecords();
    private SegmentReader reader;
    private Seal seal;
    private final Sm3 sm3 = new Sm3();
    private final LeafHasher hasher = new LeafHasher();
    private final MerkleTree tree = new MerkleTree();
    private final byte[] parts = new byte[3 * Sm3.LENGTH];
    private final byte[] leaf = new byte[Sm3.LENGTH];
    private final byte[] path = new byte[MerkleTree.MAX_PATH_LENGTH * Sm3.LENGTH];
    private byte[] leaves = new byte[0];
    private boolean isTreeBuilt;

    JournalReader(final Store store, final BatchIndex index, final Supplier<DurableMark> mark) {
        this.store = store;
        this.index = index;
        this.mark = mark;
    }

    /** Reads a record; null if the sequence lies beyond the durable mark. The view is valid until the next call. */
    public RecordView read(final long sequence) {
        return load(sequence) ? records.get((int) (sequence - seal.firstSequence())) : null;
    }

    /** The seal over a record; null if the sequence lies beyond the durable mark. */
    public Seal seal(final long sequence) {
        return load(sequence) ? seal : null;
    }

    /**
     * Writes the receipt of a record, SBE header included, and answers its length.
     *
     * @throws IllegalArgumentException if the sequence lies beyond the durable mark.
     */
    public int encodeReceipt(final long sequence, final MutableDirectBuffer target, final int offset) {
        if (!load(sequence)) {
            throw new IllegalArgumentException("record " + sequence + " is not durable");
        }
        final int leafIndex = (int) (sequence - seal.firstSequence());
        final RecordView of = records.get(leafIndex);
        hash(of.buffer(), of.commandOffset(), of.commandLength(), COMMAND_PART);
        hash(of.buffer(), of.outcomeOffset(), of.outcomeLength(), OUTCOME_PART);
        hash(of.buffer(), of.internalOffset(), of.internalLength(), INTERNAL_PART);
        hasher.leaf(sequence, of.timeMs(), parts, COMMAND_PART, OUTCOME_PART, INTERNAL_PART, leaf, 0);
        final int leafAt = leafIndex * Sm3.LENGTH;
        if (!Arrays.equals(leaf, 0, Sm3.LENGTH, leaves, leafAt, leafAt + Sm3.LENGTH)) {
            throw damaged(sequence, "leaves");
        }
        if (!isTreeBuilt) {
            tree.build(leaves, 0, seal.count());
            isTreeBuilt = true;
        }
        final int pathLength = tree.path(leafIndex, path, 0);
        return Receipt.encode(
                target,
                offset,
                sequence,
                of.timeMs(),
                parts,
                COMMAND_PART,
                parts,
                INTERNAL_PART,
                leafIndex,
                path,
                pathLength,
                seal);
    }

    /** The receipt of a record, as its terminal got it. @throws IllegalArgumentException as above. */
    public byte[] receipt(final long sequence) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[maxReceiptLength()]);
        return Arrays.copyOf(buffer.byteArray(), encodeReceipt(sequence, buffer, 0));
    }

    private void hash(final DirectBuffer buffer, final int offset, final int length, final int part) {
        sm3.update(buffer, offset, length).digest(parts, part);
    }

    /** The most bytes that a receipt takes. */
    public static int maxReceiptLength() {
        return Receipt.encodedLength(Integer.numberOfTrailingZeros(BatchLeaves.MAX_COUNT));
    }

    private boolean load(final long sequence) {
        final DurableMark now = mark.get();
        if (now == null || sequence < 0 || sequence > now.lastSequence()) {
            return false;
        }
        if (seal != null && sequence >= seal.firstSequence() && sequence <= seal.lastSequence()) {
            return true;
        }
        seek(sequence, index.floor(sequence));
        do {
            loadBatch(sequence);
        } while (seal.lastSequence() < sequence);
        return true;
    }

    private void seek(final long sequence, final BatchIndex.Place place) {
        if (place == null) {
            throw new RecordArchivedException(sequence);
        }
        if (reader == null || reader.segment() != place.segment()) {
            close();
            if (!store.segments().contains(place.segment())) {
                throw new RecordArchivedException(sequence);
            }
            reader = new SegmentReader(store, place.segment());
        }
        reader.seek(place.position());
    }

    private void loadBatch(final long wanted) {
        seal = null;
        isTreeBuilt = false;
        records.clear();
        while (reader.next()) {
            final String fault = record.wrap(reader.record());
            if (fault != null) {
                throw damaged(wanted, fault);
            }
            if (record.kind() == RecordKind.SEAL) {
                final Seal found = Seal.decode(record.command());
                if (found.count() != records.count() || records.get(0).sequence() != found.firstSequence()) {
                    throw damaged(wanted, "sequence");
                }
                if (record.outcomeLength() != found.count() * Sm3.LENGTH) {
                    throw damaged(wanted, "leaves");
                }
                leaves = new byte[record.outcomeLength()];
                record.buffer().getBytes(record.outcomeOffset(), leaves);
                seal = found;
                return;
            }
            if (record.kind().isSequenced()) {
                records.add(reader.record());
            }
        }
        throw damaged(wanted, "frame");
    }

    private JournalDamagedException damaged(final long sequence, final String field) {
        return new JournalDamagedException(
                new Damage(reader.segment(), sequence, -1, field, "a durable record cannot be read", Damage.RESTORE)
                        .at(store, reader.position()));
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        seal = null;
    }
}
