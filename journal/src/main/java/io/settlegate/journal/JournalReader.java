package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;

/**
 * Reads committed records by sequence and makes their receipts anew, byte for byte as first sent. Stops at the durable mark.
 *
 * <p>One thread, which need not be the writer's. Blocks on the disk. Keeps the batch read last, so that reading on in order is
 * cheap. Damage met on the way is a {@link JournalDamagedException}.
 */
public final class JournalReader implements AutoCloseable {
    private final Store store;
    private final BatchIndex index;
    private final Supplier<DurableMark> mark;
    private final RecordFlyweight record = new RecordFlyweight();
    private final BatchRecords records = new BatchRecords();
    private SegmentReader reader;
    private Seal seal;
    private SealedBatch sealedBatch;

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
        if (sealedBatch == null) {
            final BatchLeaves leaves = new BatchLeaves();
            for (int i = 0; i < records.count(); i++) {
                leaves.add(records.get(i));
            }
            sealedBatch = leaves.seal(seal);
        }
        return sealedBatch.encodeReceipt((int) (sequence - seal.firstSequence()), target, offset);
    }

    /** The most bytes that a receipt takes. */
    public static int maxReceiptLength() {
        return io.settlegate.protocol.receipt.Receipt.encodedLength(Integer.numberOfTrailingZeros(BatchLeaves.MAX_COUNT));
    }

    private boolean load(final long sequence) {
        final DurableMark now = mark.get();
        if (now == null || sequence < 0 || sequence > now.lastSequence()) {
            return false;
        }
        if (seal != null && sequence >= seal.firstSequence() && sequence <= seal.lastSequence()) {
            return true;
        }
        final BatchIndex.Place place = index.floor(sequence);
        seek(place);
        do {
            loadBatch(sequence);
        } while (seal.lastSequence() < sequence);
        return true;
    }

    private void seek(final BatchIndex.Place place) {
        if (reader == null || reader.segment() != place.segment()) {
            close();
            reader = new SegmentReader(store, place.segment());
        }
        reader.seek(place.position());
    }

    private void loadBatch(final long wanted) {
        seal = null;
        sealedBatch = null;
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
        return new JournalDamagedException(new Damage(
                reader.segment(), sequence, -1, field, "a durable record cannot be read", Damage.RESTORE));
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
