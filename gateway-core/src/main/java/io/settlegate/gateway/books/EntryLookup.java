package io.settlegate.gateway.books;

import io.settlegate.journal.RecordView;
import java.io.IOException;
import java.util.function.LongFunction;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/**
 * Entries of single records, for whoever has their sequences from an index and need not read the whole journal. First all records that may
 * undo something are noted, in their order; then entries are read.
 *
 * <p>One use, one thread; blocks on the disk. Memory: some 50 bytes for each record that undid another.
 */
public final class EntryLookup {
    private static final long NONE = 0;

    private final LongFunction<RecordView> source;
    private final MoneyRecord money = new MoneyRecord();
    private final EntryMaker maker = new EntryMaker(money);
    /** What a cancel or reversal undid. */
    private final Long2LongHashMap undoes = new Long2LongHashMap(NONE);

    private final LongHashSet undone = new LongHashSet();

    /** @param source reads a record by its sequence; a view is valid until the next one is read. */
    public EntryLookup(final LongFunction<RecordView> source) {
        this.source = source;
    }

    /** Takes note of what a record undid, if it undid anything. */
    public void note(final long sequence) {
        final MoneyRecord.What what = money.wrap(source.apply(sequence));
        if (what != MoneyRecord.What.CANCELLED && what != MoneyRecord.What.REVERSED) {
            return;
        }
        final long target = money.undoesSequence();
        if (target <= 0) {
            return;
        }
        undoes.put(sequence, target);
        undone.add(target);
        // A cancel that is undone undid nothing: its settlement stands again.
        final long standsAgain = undoes.get(target);
        if (standsAgain != NONE) {
            undone.remove(standsAgain);
        }
    }

    /**
     * Reads an entry.
     *
     * @return null if the record moved no money.
     * @throws IOException if the record undoes one that moved none, or says other sums than that.
     */
    public BookEntry entry(final long sequence) throws IOException {
        final BookEntry entry = read(sequence);
        return entry != null && undone.contains(sequence) ? entry.undone() : entry;
    }

    private BookEntry read(final long sequence) throws IOException {
        final MoneyRecord.What what = money.wrap(source.apply(sequence));
        if (what == MoneyRecord.What.NOTHING) {
            return null;
        }
        if (what == MoneyRecord.What.SETTLED) {
            return maker.settlement();
        }
        final long target = money.undoesSequence();
        final BookEntry original = target <= 0 || target >= sequence ? null : read(target);
        // The view and the decoder have moved on.
        money.wrap(source.apply(sequence));
        final boolean isReversal = what == MoneyRecord.What.REVERSED;
        if (original == null && isReversal && maker.agreesWithReversal(0, 0, 0)) {
            return null;
        }
        if (original == null
                || (isReversal
                        && !maker.agreesWithReversal(-original.fundFen(), -original.acctFen(), -original.cashFen()))) {
            throw new IOException("record " + sequence + " undoes record " + target
                    + ", which is no settlement with its sums; run `settlegate replay`");
        }
        return isReversal ? maker.reversal(original) : maker.cancel(original);
    }
}
