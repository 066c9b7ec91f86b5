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
    private final SnapshotUse begunFrom;

    private JournalScan(final Store store, final ChainWalk walk, final SegmentPlan plan, final SnapshotUse begunFrom) {
        this.store = store;
        this.walk = walk;
        this.plan = plan;
        this.begunFrom = begunFrom;
    }

    /** Reads everything and tells the listener, whose state hash is not asked. */
    public static JournalScan read(final Store store, final ReplayListener listener) {
        return read(store, listener, ScanEnd.none());
    }

    /**
     * Reads from the first record on to an end.
     *
     * @throws JournalException if the first records are archived.
     */
    public static JournalScan read(final Store store, final ReplayListener listener, final ScanEnd end) {
        return scan(store, listener, end, (plan, head, forceFailed) -> {
            plan.checkFromFounding();
            return new Start(ChainStart.founding(), SnapshotUse.none(List.of()));
        });
    }

    /** Reads from the first record on that is there: of the journal, or behind what was archived. */
    public static JournalScan readKept(final Store store, final ReplayListener listener, final ScanEnd end) {
        return scan(
                store,
                listener,
                end,
                (plan, head, forceFailed) -> new Start(ChainStart.first(plan), SnapshotUse.none(List.of())));
    }

    /**
     * Makes the state from the newest good snapshot that does not lie beyond the end, and reads on from there. Without one it
     * reads from the first record on.
     *
     * @throws JournalException if there is none and the first records are archived.
     */
    public static JournalScan readFromSnapshot(final Store store, final SnapshotState state, final ScanEnd end) {
        return scan(store, state, end, (plan, head, forceFailed) -> {
            final SnapshotSelection selection = new SnapshotSelection(store, plan, state, head, forceFailed, end);
            final ChainStart start = selection.select();
            return new Start(start, selection.use());
        });
    }

    /**
     * Reads all that can be replayed: from the first record on, or, where the first ones are archived, from the oldest good
     * snapshot.
     *
     * @throws JournalException if there is none and the first records are archived.
     */
    public static JournalScan readAll(final Store store, final SnapshotState state, final ScanEnd end) {
        return scan(store, state, end, (plan, head, forceFailed) -> {
            if (plan.isFromFounding()) {
                return new Start(ChainStart.founding(), SnapshotUse.none(List.of()));
            }
            final SnapshotSelection selection = new SnapshotSelection(store, plan, state, head, forceFailed, end);
            final ChainStart start = selection.select(SnapshotSelection.Order.OLDEST_FIRST);
            return new Start(start, selection.use());
        });
    }

    private record Start(ChainStart place, SnapshotUse use) {}

    /** Chooses where to begin. */
    @FunctionalInterface
    private interface Choice {
        Start of(SegmentPlan plan, HeadNote head, HeadNote forceFailed);
    }

    private static JournalScan scan(
            final Store store, final ReplayListener listener, final ScanEnd end, final Choice choice) {
        final HeadNote forceFailed = HeadNote.decode(HeadNote.FORCE_FAILED, store.readNote(HeadNote.FORCE_FAILED));
        // The head note is read first: a writer may put a newer seal into it while the files are read.
        final HeadNote head = HeadNote.decode(HeadNote.HEAD, store.readNote(HeadNote.HEAD));
        final SealWitnesses witnesses = new SealWitnesses(store, head, forceFailed);
        final SegmentPlan plan = SegmentPlan.ofRunning(store, forceFailed);
        final Start start = choice.of(plan, head, forceFailed);
        final ChainWalk walk = new ChainWalk(store, plan, listener, head, forceFailed, witnesses, start.place(), end);
        walk.run();
        return new JournalScan(store, walk, plan, start.use());
    }

    /** Where reading began. */
    public SnapshotUse begunFrom() {
        return begunFrom;
    }

    public Genesis genesis() {
        return walk.genesis();
    }

    /** The last seal that was read. */
    public Seal lastSeal() {
        return walk.chain().last();
    }

    /** What proves the last seal without what came before it. */
    ChainAnchor anchor() {
        return walk.chain().anchor(walk.genesis(), walk.firstSeal());
    }

    BatchIndex index() {
        return walk.index();
    }

    SegmentPlan plan() {
        return plan;
    }

    /** The first sequence that is there: what stands before it is archived. */
    public long firstSequence() {
        return plan.firstSequence();
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
