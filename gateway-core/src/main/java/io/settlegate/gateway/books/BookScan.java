package io.settlegate.gateway.books;

import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordView;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The entries of some business days, in order, from a journal whose gateway may be running. What a reversal gave back, and
 * of which insurance a cancel is, stands in the record that was undone, which may be older than the first day; and what was undone may have been
 * undone after the last day. So the journal is read twice: for what was undone, from the first day to the durable mark, then from the
 * first of those records to the end of the last day.
 *
 * <p>One use, one thread; blocks on the disk. Memory grows with what was undone since the first day, about 700 bytes each.
 */
public final class BookScan {
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
    private static final long NONE = -1;

    private final JournalFollower follower;
    private final long beginMs;
    private final long endMs;
    private final String institution;
    private final MoneyRecord money = new MoneyRecord();
    private final EntryMaker maker = new EntryMaker(money);
    /** By sequence: records that something undid; absent until they were read. */
    private final Long2ObjectHashMap<BookEntry> originals = new Long2ObjectHashMap<>();

    private final Long2LongHashMap wanted = new Long2LongHashMap(NONE);
    /** What undid a record, by the record's sequence, and the other way round. */
    private final Long2LongHashMap undoneBy = new Long2LongHashMap(NONE);

    private long firstSequence = NONE;
    private long firstWanted = Long.MAX_VALUE;
    private long lastSequence;

    /** Is given each entry. */
    @FunctionalInterface
    public interface Taker {
        void take(BookEntry entry) throws IOException;
    }

    /**
     * @param first business day, UTC+08:00.
     * @param last business day.
     * @param institution fixmedins_code, or null for all.
     */
    public BookScan(
            final JournalFollower follower, final LocalDate first, final LocalDate last, final String institution) {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("the last day " + last + " is before the first, " + first);
        }
        this.follower = follower;
        this.beginMs = first.atStartOfDay(ZONE).toInstant().toEpochMilli();
        this.endMs = last.plusDays(1).atStartOfDay(ZONE).toInstant().toEpochMilli();
        this.institution = institution;
    }

    /**
     * Tells all entries. Moves the follower.
     *
     * @return the last record that was looked at.
     * @throws IOException if a record that was undone is not there, or is not what the reversal says it undid.
     */
    public long tell(final Taker taker) throws IOException {
        lastSequence = follower.lastSequence();
        findUndone();
        if (firstSequence != NONE) {
            read(taker);
        }
        return lastSequence;
    }

    private void findUndone() {
        follower.seekTime(beginMs);
        while (follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                final RecordView record = follower.get(i);
                if (record.sequence() > lastSequence) {
                    wantBeforeFirst();
                    return;
                }
                if (record.timeMs() >= beginMs) {
                    firstSequence = firstSequence == NONE ? record.sequence() : firstSequence;
                    want(record);
                }
            }
        }
        wantBeforeFirst();
    }

    private void want(final RecordView record) {
        final MoneyRecord.What what = money.wrap(record);
        if (what != MoneyRecord.What.CANCELLED && what != MoneyRecord.What.REVERSED) {
            return;
        }
        final long undone = money.undoesSequence();
        if (undone <= 0 || !isOfInstitution()) {
            return;
        }
        want(undone);
        undoneBy.put(undone, record.sequence());
        // A cancel that is undone undid nothing: its settlement stands again.
        final long standsAgain = wanted.get(undone);
        if (standsAgain > 0) {
            undoneBy.remove(standsAgain);
        }
        wanted.put(record.sequence(), undone);
    }

    private void want(final long sequence) {
        if (!wanted.containsKey(sequence)) {
            wanted.put(sequence, 0);
        }
        firstWanted = Math.min(firstWanted, sequence);
    }

    /** A cancel that was made before the first day and reversed since has a settlement of its own. */
    private void wantBeforeFirst() {
        final long[] early = wanted.keySet().stream()
                .mapToLong(Long::longValue)
                .filter(sequence -> sequence < firstSequence)
                .toArray();
        for (final long sequence : early) {
            follower.seek(sequence);
            if (follower.nextBatch()) {
                final RecordView record =
                        follower.get((int) (sequence - follower.seal().firstSequence()));
                if (money.wrap(record) == MoneyRecord.What.CANCELLED) {
                    want(money.undoesSequence());
                }
            }
        }
    }

    private void read(final Taker taker) throws IOException {
        follower.seek(Math.min(firstSequence, firstWanted));
        while (follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                final RecordView record = follower.get(i);
                if (record.timeMs() >= endMs || record.sequence() > lastSequence) {
                    return;
                }
                take(record, taker);
            }
        }
    }

    private void take(final RecordView record, final Taker taker) throws IOException {
        final boolean isWanted = wanted.containsKey(record.sequence());
        final boolean isOfDays = record.sequence() >= firstSequence;
        if (!isWanted && !isOfDays) {
            return;
        }
        BookEntry entry = decode(record);
        if (entry == null) {
            return;
        }
        if (undoneBy.containsKey(entry.sequence())) {
            entry = entry.undone();
        }
        if (isWanted) {
            originals.put(entry.sequence(), entry);
        }
        if (isOfDays) {
            taker.take(entry);
        }
    }

    private boolean isOfInstitution() {
        return institution == null || maker.msgid().startsWith(institution);
    }

    /** Null if the record moved no money, or is of another institution. */
    private BookEntry decode(final RecordView record) throws IOException {
        final MoneyRecord.What what = money.wrap(record);
        if (what == MoneyRecord.What.NOTHING || !isOfInstitution()) {
            return null;
        }
        return switch (what) {
            case SETTLED -> maker.settlement();
            case CANCELLED -> maker.cancel(original(record));
            default -> reversal(record);
        };
    }

    /** Reversed may be a settlement, a cancel, which then stands again, or what moved no money: an admission. */
    private BookEntry reversal(final RecordView record) throws IOException {
        final BookEntry original = originals.get(money.undoesSequence());
        if (original == null) {
            if (maker.agreesWithReversal(0, 0, 0)) {
                return null;
            }
            throw missing(record);
        }
        if (!maker.agreesWithReversal(-original.fundFen(), -original.acctFen(), -original.cashFen())) {
            throw new IOException("record " + record.sequence() + " reverses record " + original.sequence()
                    + " and says other sums than that; run `settlegate replay`");
        }
        return maker.reversal(original);
    }

    private BookEntry original(final RecordView record) throws IOException {
        final BookEntry original = originals.get(money.undoesSequence());
        if (original == null) {
            throw missing(record);
        }
        return original;
    }

    private IOException missing(final RecordView record) {
        return new IOException("record " + record.sequence() + " undoes record " + money.undoesSequence()
                + ", which is no settlement of this journal; run `settlegate journal verify`");
    }
}
