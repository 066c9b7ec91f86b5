package io.settlegate.journal;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Appends, commits, and cuts the power over and over, and checks after each start that every committed record is there, once
 * and in order. At the levels that do not force, a power cut may take the end, but nothing that a background force covered, and
 * a kill takes nothing. Faults come from the seed.
 */
final class PowerCutLoop {
    private static final int ROUNDS_PER_JOURNAL = 25;

    private final long seed;
    private final Random random;
    private final UnaryOperator<Store> wrapper;
    private final DurabilityLevel level;
    private final List<String> committed = new ArrayList<>();
    private final List<String> pending = new ArrayList<>();
    private final List<InFlight> inFlight = new ArrayList<>();
    private MemoryStore store;
    private int faultCount;
    private int setAsideCount;
    private int forcedCount;
    private int cachedCount;
    private boolean isCompared;
    private int lostCount;
    private int rollCount;
    private final Snapshots snapshots;
    private final Sealing sealing;
    private int aheadCount;
    private int snapshotCount;
    private int fromSnapshotCount;
    private int refusedCount;

    /** Whether snapshots are made now and then, and starts begin at them. */
    enum Snapshots {
        NONE,
        SOME
    }

    /** Whether batches are forced as soon as they are sealed. */
    enum Sealing {
        AND_FORCING,
        /** As where the force has a thread of its own: records, and the next seal, come before a batch is forced. */
        AHEAD
    }

    /** A batch that was sealed and that nobody was told of. */
    private record InFlight(long lastSequence, List<String> commands) {}

    PowerCutLoop(final long seed, final UnaryOperator<Store> wrapper, final DurabilityLevel level) {
        this(seed, wrapper, level, Snapshots.NONE);
    }

    PowerCutLoop(final long seed, final DurabilityLevel level, final Sealing sealing) {
        this(seed, UnaryOperator.identity(), level, Snapshots.NONE, sealing);
    }

    PowerCutLoop(
            final long seed,
            final UnaryOperator<Store> wrapper,
            final DurabilityLevel level,
            final Snapshots snapshots) {
        this(seed, wrapper, level, snapshots, Sealing.AND_FORCING);
    }

    private PowerCutLoop(
            final long seed,
            final UnaryOperator<Store> wrapper,
            final DurabilityLevel level,
            final Snapshots snapshots,
            final Sealing sealing) {
        this.sealing = sealing;
        this.snapshots = snapshots;
        this.level = level;
        this.seed = seed;
        this.random = new Random(seed);
        this.wrapper = wrapper;
    }

    /** Answers the first thing lost or doubled, or null if all rounds were good. */
    String run(final int rounds) {
        for (int round = 0; round < rounds; round++) {
            if (round % ROUNDS_PER_JOURNAL == 0) {
                startAnew(round);
            }
            final String loss = round(round);
            if (loss != null) {
                return "seed " + seed + ", round " + round + ": " + loss;
            }
        }
        return null;
    }

    private void startAnew(final int round) {
        committed.clear();
        pending.clear();
        inFlight.clear();
        forcedCount = 0;
        cachedCount = 0;
        store = new MemoryStore(
                new MemoryFaults(seed * 31 + round).fileLength(random.nextBoolean() ? 4000 : Integer.MAX_VALUE));
        Fixture.found(wrapper.apply(store));
    }

    private String round(final int round) {
        final Recorded recorded = new Recorded();
        isCompared = false;
        final boolean isFaulty = random.nextInt(3) == 0;
        store.faults().failedForcePerMille(isFaulty ? 60 : 0).shortWritePerMille(isFaulty ? 20 : 0);
        Journal journal = null;
        boolean isClosed = false;
        try {
            journal = open(recorded);
            final String loss = compare(recorded);
            if (loss != null) {
                return loss;
            }
            final int batches = random.nextInt(5);
            for (int batch = 0; batch < batches; batch++) {
                batch(journal, round);
                if (random.nextInt(4) == 0) {
                    forceInBackground(journal);
                }
                if (snapshots == Snapshots.SOME && random.nextInt(3) == 0) {
                    snapshot();
                }
                if (random.nextInt(4) == 0) {
                    // From 0 on every segment is long enough; 2000 is some batches.
                    journal.tendSegments(random.nextBoolean() ? 0 : 2000);
                }
                if (journal.preparedSegment() >= 0 && random.nextBoolean()) {
                    roll(journal);
                }
            }
            if (random.nextInt(4) == 0) {
                journal.close();
                forcedCount = committed.size();
                isClosed = true;
            } else if (random.nextBoolean()) {
                pendSome(journal, round);
            }
        } catch (final ForceFailedException | StoreException e) {
            faultCount++;
            if (journal != null) {
                noteDurable(journal);
            }
        } catch (final JournalDamagedException e) {
            return "the start was refused: " + e.getMessage();
        }
        setAsideCount = Math.max(setAsideCount, store.setAsideNames().size());
        final boolean isKill = random.nextInt(4) == 0 || (isClosed && random.nextBoolean());
        // The page cache has it all after a kill, until a power cut finds what no start has forced yet.
        cachedCount = isKill ? Math.max(cachedCount, isCompared ? committed.size() : 0) : 0;
        store = isKill ? store.afterKill() : store.afterPowerCut();
        return null;
    }

    private Journal open(final Recorded recorded) {
        if (snapshots == Snapshots.NONE) {
            return Fixture.open(wrapper.apply(store), level, recorded);
        }
        final Journal journal = Journal.openFromSnapshot(wrapper.apply(store), Fixture.IDENTITY, level, recorded);
        fromSnapshotCount += journal.begunFrom().isFromSnapshot() ? 1 : 0;
        refusedCount += journal.begunFrom().refused().size();
        return journal;
    }

    /** As another process would, whose own faults are its own. */
    private void snapshot() {
        try {
            snapshotCount += SnapshotWriter.write(wrapper.apply(store), new Recorded(), 2)
                            .isWritten()
                    ? 1
                    : 0;
        } catch (final StoreException e) {
            faultCount++;
        }
        if (random.nextInt(20) == 0) {
            damageASnapshot();
        }
    }

    private void damageASnapshot() {
        final List<Long> sequences = store.snapshots().sequences();
        if (!sequences.isEmpty()) {
            final long sequence = sequences.get(sequences.size() - 1);
            if (random.nextBoolean()) {
                store.flipSnapshotBit(sequence, random.nextInt(1_000), random.nextInt(8));
            } else {
                store.truncateSnapshot(sequence, random.nextInt(2_000));
            }
        }
    }

    private void forceInBackground(final Journal journal) {
        final DurableMark forced = journal.forceInBackground();
        if (forced.lastSequence() != journal.durableMark().lastSequence()) {
            throw new AssertionError("seed " + seed + ": forced to " + forced.lastSequence() + " only");
        }
        forcedCount = committed.size();
    }

    /** The roll forces what was committed before it, also where commits do not. */
    private void roll(final Journal journal) {
        journal.beginNextSegment();
        noteDurable(journal);
        forcedCount = committed.size();
        rollCount++;
    }

    private void batch(final Journal journal, final int round) {
        pendSome(journal, round);
        if (sealing == Sealing.AHEAD) {
            sealAhead(journal);
            return;
        }
        Fixture.commit(journal);
        committed.addAll(pending);
        pending.clear();
        if (level.isForced()) {
            forcedCount = committed.size();
        }
    }

    private void sealAhead(final Journal journal) {
        final SealedBatch sealed = journal.seal(journal.nextSequence(), Recorded.STATE_HASH_LOW);
        inFlight.add(new InFlight(sealed.lastSequence(), List.copyOf(pending)));
        pending.clear();
        if (random.nextInt(3) == 0) {
            journal.makeDurable();
        }
        noteDurable(journal);
    }

    /** From the moment in which the journal shows a batch as durable somebody may have been told. */
    private void noteDurable(final Journal journal) {
        final long durable = journal.durableMark().lastSequence();
        while (!inFlight.isEmpty() && inFlight.get(0).lastSequence() <= durable) {
            committed.addAll(inFlight.remove(0).commands());
            if (level.isForced()) {
                forcedCount = committed.size();
            }
        }
    }

    private void pendSome(final Journal journal, final int round) {
        final int count = level == DurabilityLevel.RECORD ? 1 : 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            if (sealing == Sealing.AHEAD && random.nextInt(8) == 0) {
                journal.makeDurable();
                noteDurable(journal);
            }
            aheadCount += inFlight.isEmpty() ? 0 : 1;
            pend(journal, round);
        }
    }

    private void pend(final Journal journal, final int round) {
        final String tag = "r" + round + "n" + pending.size();
        final int padding = random.nextInt(10) == 0 ? 3000 : random.nextInt(300);
        pending.add("command " + tag + " of " + journal.nextSequence() + " " + "x".repeat(padding));
        Fixture.append(journal, tag, padding);
    }

    /** What was forced must all be there, what was committed as a beginning, the batch in flight may be there, whole. */
    private String compare(final Recorded recorded) {
        final List<String> found = new ArrayList<>();
        for (int i = 0; i < recorded.commands.size(); i++) {
            if (recorded.kinds.get(i) == RecordKind.COMMAND) {
                found.add(recorded.commands.get(i));
            }
        }
        final boolean isBeginning = found.size() >= Math.max(forcedCount, cachedCount)
                && found.size() <= committed.size()
                && found.equals(committed.subList(0, found.size()));
        if (!isBeginning && !isWithInFlight(found)) {
            return "forced " + forcedCount + ", cached " + cachedCount + ", committed " + committed.size()
                    + ", in flight " + inFlight + ", pending " + pending.size()
                    + ", found " + found.size();
        }
        lostCount += Math.max(0, committed.size() - found.size());
        committed.clear();
        committed.addAll(found);
        isCompared = true;
        cachedCount = 0;
        // The start has forced what it read.
        forcedCount = found.size();
        pending.clear();
        inFlight.clear();
        return null;
    }

    private boolean isWithInFlight(final List<String> found) {
        final List<String> possible = new ArrayList<>(committed);
        for (final InFlight batch : inFlight) {
            possible.addAll(batch.commands());
            if (found.equals(possible)) {
                return true;
            }
        }
        possible.addAll(pending);
        return found.equals(possible);
    }

    /** Records that were appended while a batch before them was not forced. */
    int aheadCount() {
        return aheadCount;
    }

    /** Records that were committed, never forced, and taken by a power cut. */
    int lostCount() {
        return lostCount;
    }

    /** Snapshots that were written. */
    int snapshotCount() {
        return snapshotCount;
    }

    /** Starts that began at one. */
    int fromSnapshotCount() {
        return fromSnapshotCount;
    }

    /** Snapshots that a start refused. */
    int refusedCount() {
        return refusedCount;
    }

    int rollCount() {
        return rollCount;
    }

    int faultCount() {
        return faultCount;
    }

    int setAsideCount() {
        return setAsideCount;
    }
}
