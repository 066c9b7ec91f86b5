package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.List;

/**
 * Reads a journal batch by batch from any place on, without the write lock, also from another process and while it is written.
 * It stops at the durable mark that the writer publishes and goes on when asked again, through restarts of the writer too.
 *
 * <p>One thread; blocks on the disk; changes nothing. It checks that records are whole, that sequences have no gap, and that
 * the seal at the mark is the one published; the rest is for {@link JournalVerification}. Damage is a
 * {@link JournalDamagedException}; bytes at the very end that are not whole yet are not there yet.
 */
public final class JournalFollower implements AutoCloseable {
    private static final long ANY = -1;

    private final Store store;
    private final Genesis genesis;
    private final BatchRecords records = new BatchRecords();
    private final RecordFlyweight record = new RecordFlyweight();
    private SegmentPlan plan;
    private int newestSegment;
    private DurableBound bound;
    private int at;
    private SegmentReader reader;
    private long batchPosition;
    private long nextSequence = ANY;
    private Seal seal;

    private JournalFollower(final Store store, final Genesis genesis) {
        this.store = store;
        this.genesis = genesis;
    }

    /**
     * Opens a journal at its first record, or at the first one that is not archived.
     *
     * @throws JournalException if there is none.
     */
    public static JournalFollower open(final Store store) {
        final JournalFollower follower = new JournalFollower(store, Journal.genesisOf(store));
        follower.refreshPlan();
        follower.bound = DurableBound.of(store);
        follower.seek(follower.firstSequence());
        return follower;
    }

    /** The first sequence that is there: 0, or the one behind what was archived. */
    public long firstSequence() {
        return plan.firstSequence();
    }

    /** The end of what is archived and not there; null if the journal begins with its founding. */
    public ArchivedEnd archivedEnd() {
        return plan.isFromFounding()
                ? null
                : ArchivedEnd.of(store, plan, firstTimeMs(plan.chain().get(0)));
    }

    public Genesis genesis() {
        return genesis;
    }

    /** The last sequence that may be shown now; -1 before the first. */
    public long lastSequence() {
        bound = DurableBound.of(store);
        if (bound.sealHash() != null) {
            return bound.lastSequence();
        }
        final long back = nextSequence;
        final int last = plan.chain().size() - 1;
        go(last, PlaceSearch.placeBefore(store, plan.chain().get(last), Seal::sealNumber, Long.MAX_VALUE));
        nextSequence = ANY;
        while (nextBatch()) {
            // On to the end.
        }
        final long found = nextSequence - 1;
        seek(back == ANY ? firstSequence() : back);
        return found;
    }

    /**
     * Goes to the batch that holds a sequence. It need not be there yet.
     *
     * @throws RecordArchivedException if it is not there any more.
     */
    public void seek(final long sequence) {
        if (sequence < firstSequence()) {
            throw RecordArchivedException.of(store, Math.max(0, sequence));
        }
        int index = plan.chain().size() - 1;
        while (index > 0 && plan.notices().get(index).lastSequence() >= sequence) {
            index--;
        }
        final int segment = plan.chain().get(index);
        final long place = PlaceSearch.placeBefore(store, segment, Seal::lastSequence, sequence);
        nextSequence = sequence;
        go(index, place);
        if (place > 0 && !startsAtOrBefore(sequence)) {
            // The place was a guess and a wrong one.
            go(index, 0);
        }
    }

    /** True if the batch at the place that was gone to can be read and does not start behind a sequence. */
    private boolean startsAtOrBefore(final long sequence) {
        final long place = reader.nextPosition();
        try {
            return readBatch() ? seal.firstSequence() <= sequence : isEnd(place);
        } catch (final JournalDamagedException e) {
            return false;
        } finally {
            reader.seek(place);
        }
    }

    /** True if the place is where the writer goes on: no whole record stands behind it but the one that stands at it. */
    private boolean isEnd(final long place) {
        final long[] first = {place};
        try (RawScan scan = new RawScan(store, reader.segment())) {
            scan.scan(place, (whole, position) -> {
                first[0] = position;
                return false;
            });
        }
        return first[0] == place;
    }

    /** Goes to a batch not after the first record of a time, so that reading on from it meets all records since. */
    public void seekTime(final long timeMs) {
        int index = plan.chain().size() - 1;
        while (index > 0 && firstTimeMs(plan.chain().get(index)) >= timeMs) {
            index--;
        }
        final int segment = plan.chain().get(index);
        final long place = PlaceSearch.placeBefore(store, segment, Seal::timeMs, timeMs);
        nextSequence = ANY;
        go(index, place);
        if (place > 0 && !startsAtOrBefore(Long.MAX_VALUE)) {
            go(index, 0);
        }
    }

    private long firstTimeMs(final int segment) {
        try (SegmentReader first = new SegmentReader(store, segment)) {
            while (first.next() && record.wrap(first.record()) == null) {
                if (record.kind().isSequenced()) {
                    return record.timeMs();
                }
            }
        }
        return Long.MAX_VALUE;
    }

    private void go(final int index, final long position) {
        close();
        at = index;
        reader = new SegmentReader(store, plan.chain().get(index));
        reader.seek(position);
    }

    /** Moves to the next batch that may be shown; false if there is none now. */
    public boolean nextBatch() {
        while (true) {
            if (isAtBorder()) {
                go(at + 1, 0);
            } else if (!readBatch()) {
                if (!isReplanned()) {
                    return false;
                }
            } else if (nextSequence == ANY || seal.lastSequence() >= nextSequence) {
                return isShown();
            }
        }
    }

    /** True if the segment has nothing more that belongs to the journal: reading it stops at the seal the next one names. */
    private boolean isAtBorder() {
        return at + 1 < plan.chain().size()
                && nextSequence != ANY
                && nextSequence > plan.notices().get(at + 1).lastSequence();
    }

    private boolean isShown() {
        if (nextSequence != ANY && seal.firstSequence() > nextSequence) {
            throw damaged(nextSequence, "sequence", "the records before " + seal.firstSequence() + " are missing");
        }
        if (!bound.covers(seal)) {
            bound = DurableBound.of(store);
        }
        if (!bound.covers(seal)) {
            reader.seek(batchPosition);
            return false;
        }
        if (bound.contradicts(seal)) {
            throw damaged(seal.firstSequence(), "hash", "the durable mark names another seal of this number");
        }
        nextSequence = seal.lastSequence() + 1;
        return true;
    }

    /** Reads up to the next seal; false if it is not there, and then the reader stands where it stood. */
    private boolean readBatch() {
        batchPosition = reader.nextPosition();
        records.clear();
        while (reader.next()) {
            final String fault = record.wrap(reader.record());
            if (fault != null) {
                break;
            }
            if (record.kind() == RecordKind.SEAL) {
                takeSeal();
                return true;
            }
            if (record.kind().isSequenced()) {
                records.add(reader.record());
            }
        }
        reader.seek(batchPosition);
        records.clear();
        if (at + 1 < plan.chain().size()) {
            throw damaged(nextSequence, "frame", "the segment ends before the seal that the next one names");
        }
        return false;
    }

    private void takeSeal() {
        final byte[] body = record.command();
        final Seal sealed = Seal.faultOf(body) == null ? Seal.decode(body) : null;
        if (sealed == null
                || sealed.count() != records.count()
                || records.get(0).sequence() != sealed.firstSequence()) {
            throw damaged(nextSequence, "sequence", "a seal does not fit the records before it");
        }
        seal = sealed;
    }

    /** At the end of the last segment: true if the writer began another one meanwhile. */
    private boolean isReplanned() {
        refreshPlan();
        if (plan.lastSegment() == reader.segment()) {
            return false;
        }
        seek(nextSequence == ANY ? firstSequence() : nextSequence);
        return true;
    }

    private void refreshPlan() {
        // One look: the writer may begin a segment before the next.
        final List<Integer> present = store.segments();
        final int newest = present.get(present.size() - 1);
        if (plan != null && newest == newestSegment && plan.abandoned().isEmpty()) {
            return;
        }
        final HeadNote forceFailed = HeadNote.decode(HeadNote.FORCE_FAILED, store.readNote(HeadNote.FORCE_FAILED));
        plan = SegmentPlan.ofRunning(store, forceFailed);
        newestSegment = newest;
    }

    /** Records of the batch. */
    public int count() {
        return records.count();
    }

    /** A record of the batch, valid until the next call. Its index is its leaf index. */
    public RecordView get(final int index) {
        return records.get(index);
    }

    /** The seal over the batch. */
    public Seal seal() {
        return seal;
    }

    /** The segment in which the batch stands. */
    public int segment() {
        return reader.segment();
    }

    /** Where the batch ends in that segment: everything before this place belongs to the journal up to the seal. */
    public long position() {
        return reader.nextPosition();
    }

    /** A reader over the batch, for its receipts. The caller closes it. */
    public JournalReader newReader() {
        final BatchIndex index = new BatchIndex();
        index.add(seal.firstSequence(), reader.segment(), batchPosition);
        final DurableMark mark = new DurableMark(seal, seal.lastSequence());
        return new JournalReader(store, index, () -> mark);
    }

    private JournalDamagedException damaged(final long sequence, final String field, final String reason) {
        return new JournalDamagedException(new Damage(reader.segment(), sequence, -1, field, reason, Damage.RESTORE)
                .at(store, reader.nextPosition()));
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
