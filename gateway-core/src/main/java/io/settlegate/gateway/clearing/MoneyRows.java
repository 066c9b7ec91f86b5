package io.settlegate.gateway.clearing;

import io.settlegate.gateway.books.MoneyRecord;
import io.settlegate.journal.ArchivedEnd;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordView;
import java.io.IOException;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The money rows of a period, in order. A reversal's record says three sums; what else it gave back stands in the record that it
 * undid, and so do insurance and clearing type of a cancel. So the period is read twice: once for what was undone in it, then from the
 * first of those records on.
 *
 * <p>One use, one thread; blocks on the disk. Memory grows with what was undone in the period.
 */
final class MoneyRows {
    private final JournalFollower follower;
    private final Period period;
    private final MoneyRecord money = new MoneyRecord();
    private final RowMaker maker = new RowMaker(money);
    private final MoneyRow row = new MoneyRow();
    /** By sequence: records that something in the period undid; null until they were read. */
    private final Long2ObjectHashMap<MoneyRow> originals = new Long2ObjectHashMap<>();

    private final MoneyRow unread = new MoneyRow();
    private long firstSequence = -1;
    private long firstWanted = Long.MAX_VALUE;

    private MoneyRows(final JournalFollower follower, final Period period) {
        this.follower = follower;
        this.period = period;
    }

    /**
     * Tells all rows of a period that are durable. Moves the follower.
     *
     * @param taker is given the same object again and again.
     * @throws io.settlegate.journal.RecordArchivedException if some of them are archived; it names the segment to put back.
     * @throws IOException if a record that was undone is not there, or is not what the reversal says it undid.
     */
    static void tell(final JournalFollower follower, final Period period, final Consumer<MoneyRow> taker)
            throws IOException {
        checkThere(follower, period);
        final MoneyRows rows = new MoneyRows(follower, period);
        rows.findOriginals();
        if (rows.firstSequence >= 0) {
            rows.read(taker);
        }
    }

    /** A period of which a part is archived would be a statement of the rest. */
    private static void checkThere(final JournalFollower follower, final Period period) {
        final ArchivedEnd archived = follower.archivedEnd();
        if (archived != null && archived.timeMs() >= period.beginMs()) {
            follower.seek(archived.lastSequence());
        }
    }

    private void findOriginals() {
        follower.seekTime(period.beginMs());
        boolean isOpen = true;
        while (isOpen && follower.nextBatch()) {
            for (int i = 0; i < follower.count() && isOpen; i++) {
                final RecordView record = follower.get(i);
                isOpen = record.timeMs() < period.endMs();
                if (isOpen && record.timeMs() >= period.beginMs()) {
                    firstSequence = firstSequence < 0 ? record.sequence() : firstSequence;
                    want(record);
                }
            }
        }
        wantBeforePeriod();
    }

    private void want(final RecordView record) {
        final MoneyRecord.What what = money.wrap(record);
        if (what == MoneyRecord.What.CANCELLED || what == MoneyRecord.What.REVERSED) {
            want(money.undoesSequence());
        }
    }

    private void want(final long sequence) {
        if (sequence > 0) {
            originals.put(sequence, unread);
            firstWanted = Math.min(firstWanted, sequence);
        }
    }

    /** A cancel that was made before the period and reversed in it has a settlement of its own. */
    private void wantBeforePeriod() {
        final long[] early = originals.keySet().stream()
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

    private void read(final Consumer<MoneyRow> taker) throws IOException {
        follower.seek(Math.min(firstSequence, firstWanted));
        boolean isOpen = true;
        while (isOpen && follower.nextBatch()) {
            for (int i = 0; i < follower.count() && isOpen; i++) {
                final RecordView record = follower.get(i);
                isOpen = record.timeMs() < period.endMs();
                if (isOpen) {
                    take(record, taker);
                }
            }
        }
    }

    private void take(final RecordView record, final Consumer<MoneyRow> taker) throws IOException {
        final boolean isWanted = originals.containsKey(record.sequence());
        final boolean isOfPeriod = record.sequence() >= firstSequence;
        if ((!isWanted && !isOfPeriod) || !decode(record)) {
            return;
        }
        if (isWanted) {
            originals.put(record.sequence(), row.copy());
        }
        if (isOfPeriod) {
            taker.accept(row);
        }
    }

    /** False if the record moved no money. */
    private boolean decode(final RecordView record) throws IOException {
        switch (money.wrap(record)) {
            case SETTLED -> {
                maker.putPlace(row);
                row.kind = MoneyRow.Kind.SETTLEMENT;
                maker.putSettlement(row);
                return true;
            }
            case CANCELLED -> {
                final MoneyRow original = original(record);
                maker.putPlace(row);
                row.kind = MoneyRow.Kind.REFUND;
                row.takeKey(original);
                maker.putCancel(row);
                return true;
            }
            case REVERSED -> {
                return decodeReversal(record);
            }
            default -> {
                return false;
            }
        }
    }

    /** Reversed may be a settlement, a cancel, which then stands again, or what moved no money: an admission. */
    private boolean decodeReversal(final RecordView record) throws IOException {
        final MoneyRow original = originals.get(money.undoesSequence());
        if (original == unread || original == null) {
            row.clear();
            if (maker.agreesWithReversal(row)) {
                return false;
            }
            throw missing(record);
        }
        maker.putPlace(row);
        row.takeBack(original);
        if (!maker.agreesWithReversal(row)) {
            throw new IOException("record " + record.sequence() + " reverses record " + original.sequence
                    + " and says other sums than that; run `settlegate replay`");
        }
        return true;
    }

    private MoneyRow original(final RecordView record) throws IOException {
        final MoneyRow original = originals.get(money.undoesSequence());
        if (original == null || original == unread) {
            throw missing(record);
        }
        return original;
    }

    private IOException missing(final RecordView record) {
        return new IOException("record " + record.sequence() + " undoes record " + money.undoesSequence()
                + ", which is no settlement of this journal; run `settlegate journal verify`");
    }
}
