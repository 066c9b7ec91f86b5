package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.List;

/**
 * Reads a journal without the write lock, also from another process and while it is written: all that is sealed, checked as at
 * an opening, but for signatures. It changes nothing and stops at the last seal that can be read.
 *
 * <p>One thread; blocks on the disk. Damage is a {@link JournalDamagedException}, except at the very end, where a running
 * writer may be in the middle of a record.
 */
public final class JournalScan {
    private final Store store;
    private final ChainWalk walk;
    private final SegmentPlan plan;

    private JournalScan(final Store store, final ChainWalk walk, final SegmentPlan plan) {
        this.store = store;
        this.walk = walk;
        this.plan = plan;
    }

    /** Reads everything and tells the listener, whose state hash is not asked. */
    public static JournalScan read(final Store store, final ReplayListener listener) {
        final HeadNote forceFailed = HeadNote.decode(HeadNote.FORCE_FAILED, store.readNote(HeadNote.FORCE_FAILED));
        // The head note is read first: a writer may put a newer seal into it while the files are read.
        final HeadNote head = HeadNote.decode(HeadNote.HEAD, store.readNote(HeadNote.HEAD));
        final SegmentPlan plan = SegmentPlan.of(store, forceFailed);
        final ChainWalk walk = new ChainWalk(store, plan, listener, head, forceFailed);
        walk.run();
        return new JournalScan(store, walk, plan);
    }

    public Genesis genesis() {
        return walk.genesis();
    }

    /** The last seal that was read. */
    public Seal lastSeal() {
        return walk.chain().last();
    }

    /** Numbers of the segments that make up the journal. */
    public List<Integer> segments() {
        return plan.chain();
    }

    /** Names of what earlier starts set aside. */
    public List<String> setAsideNames() {
        return store.setAsideNames();
    }

    /** A reader over what was scanned. */
    public JournalReader newReader() {
        final DurableMark mark = new DurableMark(lastSeal(), lastSeal().lastSequence());
        return new JournalReader(store, walk.index(), () -> mark);
    }
}
