package io.settlegate.journal;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.SealHashFile;
import io.settlegate.journal.store.StoreException;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A journal made from a seed, and what was acknowledged of it: several starts at several levels, segments begun by a running
 * writer, snapshots, perhaps archived segments; the last writer ended in one of several ways.
 */
final class FaultHistory {
    /** How the last writer ended. */
    enum End {
        CLOSED,
        KILLED,
        POWER_CUT
    }

    /** What goes wrong while a writer writes. */
    enum Fault {
        NONE,
        SHORT_WRITE,
        FAILED_FORCE,
        DISK_FULL
    }

    private final Random random;
    private final Path scratch;
    private final List<String> committed;
    private final List<String> inFlight;
    private final List<byte[]> notes;
    private MemoryStore store;
    private int forcedCount;
    private boolean isArchived;
    private boolean isDamaged;
    private End end;

    private FaultHistory(
            final Random random,
            final Path scratch,
            final List<String> committed,
            final List<String> inFlight,
            final List<byte[]> notes) {
        this.random = random;
        this.scratch = scratch;
        this.committed = committed;
        this.inFlight = inFlight;
        this.notes = notes;
    }

    /** @param scratch where the hashes of archived seals may lie. */
    static FaultHistory write(final long seed, final Path scratch) throws IOException {
        final Random random = new Random(seed);
        final FaultHistory history =
                new FaultHistory(random, scratch, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        history.store =
                new MemoryStore(new MemoryFaults(seed).fileLength(random.nextBoolean() ? 2_500 : Integer.MAX_VALUE));
        Fixture.found(history.store);
        final int starts = 2 + random.nextInt(3);
        for (int start = 0; start < starts; start++) {
            history.run(Fault.NONE, start == starts - 1 ? End.values()[random.nextInt(3)] : anyEnd(random));
        }
        if (random.nextInt(4) == 0) {
            history.archive();
        }
        return history;
    }

    private static End anyEnd(final Random random) {
        return random.nextInt(3) == 0 ? End.POWER_CUT : random.nextBoolean() ? End.KILLED : End.CLOSED;
    }

    /** The same on a disk of its own. */
    FaultHistory copy(final long seed) {
        final FaultHistory copy = new FaultHistory(
                new Random(seed),
                scratch,
                new ArrayList<>(committed),
                new ArrayList<>(inFlight),
                new ArrayList<>(notes));
        copy.store = store.copy(new MemoryFaults(seed));
        copy.forcedCount = forcedCount;
        copy.isArchived = isArchived;
        copy.end = end;
        return copy;
    }

    private DurabilityLevel anyLevel() {
        return switch (random.nextInt(8)) {
            case 0 -> DurabilityLevel.PROCESS;
            case 1 -> DurabilityLevel.NONE;
            case 2 -> DurabilityLevel.RECORD;
            default -> DurabilityLevel.BATCH;
        };
    }

    /** One start, some batches, and an end. With a fault the writer ends at it. */
    void run(final Fault fault, final End wanted) throws IOException {
        final DurabilityLevel level = anyLevel();
        final HeardWhole heard = new HeardWhole();
        final Journal journal = Journal.openFromSnapshot(store, Fixture.IDENTITY, level, heard);
        committed.clear();
        committed.addAll(heard.heard());
        inFlight.clear();
        forcedCount = committed.size();
        end = wanted;
        try {
            work(journal, level, 1 + random.nextInt(4));
            arm(fault);
            work(journal, level, fault == Fault.NONE ? 0 : 12);
            if (random.nextInt(3) == 0) {
                pend(journal, "pending");
            }
            if (end == End.CLOSED) {
                noteHead();
                journal.close();
                inFlight.clear();
                forcedCount = committed.size();
            }
        } catch (final StoreException | ForceFailedException e) {
            end = end == End.CLOSED ? End.KILLED : end;
        }
        store.faults().shortWritePerMille(0).failedForcePerMille(0).roomLength(Long.MAX_VALUE);
        store = end == End.POWER_CUT ? store.afterPowerCut() : store.afterKill();
    }

    private void arm(final Fault fault) {
        switch (fault) {
            case SHORT_WRITE -> store.faults().shortWritePerMille(300);
            case FAILED_FORCE -> store.faults().failedForcePerMille(400);
            case DISK_FULL -> store.faults().roomLength(random.nextInt(6_000));
            case NONE -> store.faults().shortWritePerMille(0);
        }
    }

    private void work(final Journal journal, final DurabilityLevel level, final int batches) {
        for (int batch = 0; batch < batches; batch++) {
            final int count = level == DurabilityLevel.RECORD ? 1 : 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                pend(journal, "b" + batch);
            }
            Fixture.commit(journal);
            committed.addAll(inFlight);
            inFlight.clear();
            forcedCount = level.isForced() ? committed.size() : forcedCount;
            if (random.nextInt(4) == 0) {
                noteHead();
                journal.forceInBackground();
                forcedCount = committed.size();
            }
            if (random.nextInt(3) == 0) {
                journal.tendSegments(0);
                journal.beginNextSegment();
                forcedCount = committed.size();
            }
            if (random.nextInt(4) == 0) {
                SnapshotWriter.write(store, new HeardWhole(), 2);
            }
        }
    }

    private void noteHead() {
        notes.add(store.readNote(HeadNote.HEAD));
    }

    private void pend(final Journal journal, final String tag) {
        final int padding = random.nextInt(6) == 0 ? 1_500 : random.nextInt(200);
        inFlight.add(HeardWhole.expected(journal.nextSequence(), tag, padding));
        Fixture.append(journal, tag, padding);
    }

    /** Takes the segments before the newest snapshot that a start would use away, if there are any. */
    private void archive() throws IOException {
        final long snapshot = JournalScan.readFromSnapshot(store, new HeardWhole(), ScanEnd.none())
                .begunFrom()
                .sequence();
        final List<ClosedSegment> closed = ClosedSegment.of(store).stream()
                .filter(segment -> segment.lastSequence() <= snapshot)
                .toList();
        if (closed.isEmpty()) {
            return;
        }
        ArchivedCut.write(
                store, new SealHashFile(scratch), closed.get(closed.size() - 1).next(), snapshot);
        closed.forEach(segment -> store.removeSegment(segment.segment()));
        isArchived = true;
    }

    MemoryStore store() {
        return store;
    }

    /** The process ends; the next finds what it left. */
    void kill() {
        store = store.afterKill();
    }

    /** Something was done to the store: no further writer may be expected to start on it. */
    void damaged() {
        isDamaged = true;
    }

    boolean isDamaged() {
        return isDamaged;
    }

    /** Heard as acknowledged, and so many of them surely on the disk. */
    List<String> committed() {
        return committed;
    }

    int forcedCount() {
        return forcedCount;
    }

    /** Appended to a batch of which nobody was told. */
    List<String> inFlight() {
        return inFlight;
    }

    /** True if the first records are not there. */
    boolean isArchived() {
        return isArchived;
    }

    /** Head notes of earlier. */
    List<byte[]> earlierNotes() {
        return notes;
    }

    /** One line for the message of a failure. */
    @Override
    public String toString() {
        return "segments " + store.segments() + ", " + forcedCount + " forced of " + committed.size() + ", "
                + inFlight.size() + " in flight, " + end + (isArchived ? ", archived" : "");
    }
}
