package io.settlegate.journal;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Space;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLock;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The journal of one gateway, open for writing: records are appended, and {@link #commit} seals and forces what was appended
 * since the last commit.
 *
 * <p>{@code append} and {@code commit} belong to one thread. {@link #durableMark}, {@link #forcedMark}, {@link #newReader},
 * {@link #space}, {@link #tendSegments}, {@link #forceInBackground}, and {@link #writeHeadNote} may be called from any. {@code commit} blocks on the
 * disk at the levels BATCH and RECORD; at PROCESS and NONE it leaves the bytes to the page cache, and a background force
 * bounds what a power cut takes.
 *
 * <p>After an exception of {@code append} or {@code commit}, other than for a refused argument, the journal is of no use any
 * more and the process has to end: nobody may be told of records that were not committed.
 */
public final class Journal implements AutoCloseable {
    /** Records of one batch at most: who commits less often than that fails. */
    public static final int MAX_BATCH_COUNT = BatchLeaves.MAX_COUNT;

    private static final long NOWHERE = -1;

    private final Store store;
    private final StoreLock lock;
    private final NextSegment nextSegment;
    private final GatewayIdentity identity;
    private final DurabilityLevel level;
    private final Genesis genesis;
    private final SealChain chain;
    private final BatchIndex index;
    private final BatchLeaves leaves = BatchLeaves.inAgreeingLanes();
    private final RecordFormat format = new RecordFormat();
    private final HeldRecords held = new HeldRecords();
    private final UnsafeBuffer nothing = new UnsafeBuffer(new byte[0]);
    private final PublishedMark.Encoder markEncoder = new PublishedMark.Encoder();
    private final Object noteLock = new Object();
    /** Held while the disk is forced. */
    private final Object forceLock = new Object();

    private volatile PlacedMark sealed;
    private volatile PlacedMark durable;
    private volatile DurableMark forcedMark;
    /** Bytes of the records in the segment that is being written. */
    private volatile long segmentLength;

    private volatile boolean failed;
    private volatile boolean closed;
    private volatile LongConsumer forceTimesNs = timeNs -> {};
    private SegmentWriter writer;
    private int segment;
    private SetAside setAside;
    private SnapshotUse begunFrom = SnapshotUse.none(List.of());
    private long lastTimeMs;
    /** Where the open batch begins, once one of its records is in the store. */
    private long batchStart = NOWHERE;

    /** The durable mark and the segment in which its seal stands. */
    private record PlacedMark(DurableMark mark, int segment) {}

    /** Takes a segment that was just created, and everything that is known of the journal before it. */
    Journal(
            final Store store,
            final StoreLock lock,
            final SegmentWriter writer,
            final int segment,
            final GatewayIdentity identity,
            final DurabilityLevel level,
            final Genesis genesis,
            final SealChain chain,
            final BatchIndex index) {
        this.store = store;
        this.lock = lock;
        this.writer = writer;
        this.segment = segment;
        this.identity = identity;
        this.level = level;
        this.genesis = genesis;
        this.chain = chain;
        this.index = index;
        this.nextSegment = new NextSegment(store);
        final Seal last = chain.last();
        this.lastTimeMs = last == null ? Long.MIN_VALUE : last.timeMs();
        this.forcedMark = last == null ? null : new DurableMark(last, last.lastSequence());
        this.durable = new PlacedMark(forcedMark, segment);
        this.sealed = durable;
    }

    /**
     * Founds a journal in an empty store: record 0 and seal 0, which carries the state hash given here.
     *
     * @throws JournalException if there is a journal already, or the disk refuses.
     */
    public static void found(
            final Store store,
            final Genesis genesis,
            final GatewayIdentity identity,
            final long stateHashHigh,
            final long stateHashLow) {
        Founding.found(store, genesis, identity, stateHashHigh, stateHashLow);
    }

    /**
     * Reads the founding record alone, without the lock.
     *
     * @throws JournalException if there is no journal, or its first record cannot be read.
     */
    public static Genesis genesisOf(final Store store) {
        return Founding.genesisOf(store);
    }

    /**
     * Checks the whole journal, repairs what a power cut explains, forces what it read, and begins a new segment.
     *
     * <p>The store stays the caller's. The listener hears of every sealed record, the new segment's own included.
     *
     * @throws JournalDamagedException if anything else is wrong; nothing was changed then.
     * @throws ForceFailedException if the disk refuses.
     */
    public static Journal open(
            final Store store,
            final GatewayIdentity identity,
            final DurabilityLevel level,
            final ReplayListener listener) {
        return open(store, new Recovery(store, identity, level, listener));
    }

    /**
     * As {@link #open}, but begins at the newest snapshot that may be believed, and reads and checks only what follows it. What
     * stands before it is left to {@link JournalVerification}. Without a good snapshot everything is read, if it is there.
     * {@link #begunFrom} says which was used and which were refused.
     *
     * @throws JournalException if no snapshot is good and the first records are archived.
     */
    public static Journal openFromSnapshot(
            final Store store, final GatewayIdentity identity, final DurabilityLevel level, final SnapshotState state) {
        return open(store, new Recovery(store, identity, level, state, state));
    }

    private static Journal open(final Store store, final Recovery recovery) {
        final StoreLock lock = store.lock();
        try {
            return recovery.run(lock);
        } catch (final RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Where the opening began to read. */
    public SnapshotUse begunFrom() {
        return begunFrom;
    }

    void tellBegunFrom(final SnapshotUse told) {
        begunFrom = told;
    }

    public Genesis genesis() {
        return genesis;
    }

    /** What the opening could not believe and put aside; null if there was nothing. */
    public SetAside setAside() {
        return setAside;
    }

    void tellSetAside(final SetAside told) {
        setAside = told;
    }

    /** The sequence that the next record must have. Writer's thread. */
    public long nextSequence() {
        return chain.nextSequence() + leaves.count();
    }

    /** The time of the newest record: the next may not be earlier. Writer's thread. */
    public long lastTimeMs() {
        return lastTimeMs;
    }

    /**
     * Appends a COMMAND record to the open batch. Nothing is durable until {@link #commit}. While the batch before is sealed and
     * not forced the record is kept in memory, up to {@link HeldRecords#MAX_LENGTH} bytes; then this waits for the force.
     */
    public void append(
            final long sequence,
            final long timeMs,
            final int rulesVersion,
            final int keyVersion,
            final DirectBuffer command,
            final int commandOffset,
            final int commandLength,
            final DirectBuffer outcome,
            final int outcomeOffset,
            final int outcomeLength,
            final DirectBuffer internal,
            final int internalOffset,
            final int internalLength) {
        checkNext(sequence, timeMs);
        final int length = format.encode(
                RecordKind.COMMAND,
                sequence,
                timeMs,
                rulesVersion,
                keyVersion,
                command,
                commandOffset,
                commandLength,
                outcome,
                outcomeOffset,
                outcomeLength,
                internal,
                internalOffset,
                internalLength);
        write(length);
        leaves.add(
                sequence,
                timeMs,
                command,
                commandOffset,
                commandLength,
                outcome,
                outcomeOffset,
                outcomeLength,
                internal,
                internalOffset,
                internalLength);
        lastTimeMs = timeMs;
    }

    /** Appends one of the journal's own records. */
    void appendOwn(final RecordKind kind, final long sequence, final long timeMs, final int rules, final byte[] body) {
        checkNext(sequence, timeMs);
        write(format.encode(kind, sequence, timeMs, rules, identity.keyVersion(), body));
        leaves.add(sequence, timeMs, new UnsafeBuffer(body), 0, body.length, nothing, 0, 0, nothing, 0, 0);
        lastTimeMs = timeMs;
    }

    private void checkNext(final long sequence, final long timeMs) {
        checkUsable();
        if (sequence != nextSequence()) {
            throw new IllegalArgumentException("record " + sequence + " is not the next, which is " + nextSequence());
        }
        if (timeMs < lastTimeMs) {
            throw new IllegalArgumentException(
                    "record " + sequence + " is earlier than the one before it: " + timeMs + " after " + lastTimeMs);
        }
        if (isBatchFull()) {
            throw new IllegalStateException("the batch is full with " + leaves.count() + " records; commit first");
        }
    }

    /** True if the open batch takes no further record before a {@link #commit}. Writer's thread. */
    public boolean isBatchFull() {
        return leaves.isFull() || (level == DurabilityLevel.RECORD && leaves.count() == 1);
    }

    private void checkUsable() {
        if (failed || closed) {
            throw new IllegalStateException(
                    failed ? "the journal has failed; the process must end" : "the journal is closed");
        }
    }

    /**
     * Brings an encoded record to the store, or holds it while a sealed batch is not forced: what stands in the store of a batch
     * proves to the next start that the batch before it was forced.
     */
    private void write(final int length) {
        if (mayWrite()) {
            writeHeld();
            place(length);
        } else if (!held.add(format.buffer(), length)) {
            makeDurable();
            writeHeld();
            place(length);
        }
    }

    /** Once true it stays so until this thread, the writer's, seals. */
    private boolean mayWrite() {
        if (!level.isForced()) {
            return true;
        }
        final DurableMark last = sealed.mark();
        final DurableMark done = durable.mark();
        return last == null || (done != null && done.lastSequence() == last.lastSequence());
    }

    private void writeHeld() {
        if (held.count() == 0) {
            return;
        }
        for (int i = 0; i < held.count(); i++) {
            try {
                placed(held.appendTo(writer, i), held.length(i));
            } catch (final RuntimeException e) {
                failed = true;
                throw e;
            }
        }
        held.clear();
    }

    private void place(final int length) {
        try {
            placed(writer.append(format.buffer(), 0, length), length);
        } catch (final RuntimeException e) {
            failed = true;
            throw e;
        }
    }

    private void placed(final long position, final int length) {
        if (batchStart == NOWHERE) {
            batchStart = position;
        }
        // This thread is the only one that writes it.
        segmentLength = segmentLength + Frames.WORD_LENGTH + length;
    }

    /**
     * Seals the open batch, forces it where the level says so, and publishes the durable mark: {@link #seal} and {@link
     * #makeDurable}.
     *
     * @throws IllegalStateException if the batch is empty.
     * @throws ForceFailedException if the disk refused; a note of the last durable seal was left if that was possible.
     */
    public SealedBatch commit(final long stateHashHigh, final long stateHashLow) {
        final SealedBatch batch = seal(stateHashHigh, stateHashLow);
        makeDurable();
        return batch;
    }

    /**
     * Seals the open batch, once the batch before it is durable: waits for a force that is under way, and forces if none is.
     * Nobody may be told of the batch before {@link #makeDurable} has returned, on whatever thread; meanwhile the next one can be
     * appended and is hashed. Writer's thread.
     *
     * @throws IllegalStateException if the batch is empty.
     * @throws ForceFailedException if the disk refused to force the batch before.
     */
    public SealedBatch seal(final long stateHashHigh, final long stateHashLow) {
        checkUsable();
        if (leaves.count() == 0) {
            throw new IllegalStateException("there is nothing to commit");
        }
        final Seal seal = chain.sign(identity, level, leaves, lastTimeMs, stateHashHigh, stateHashLow);
        if (!mayWrite()) {
            makeDurable();
        }
        writeHeld();
        place(format.encodeSeal(seal, identity.keyVersion(), leaves.hashes()));
        chain.append(seal);
        index.add(seal.firstSequence(), segment, batchStart);
        batchStart = NOWHERE;
        final SealedBatch batch = leaves.seal(seal);
        leaves.clear();
        sealed = new PlacedMark(new DurableMark(seal, seal.lastSequence()), segment);
        return batch;
    }

    /**
     * Forces, where the level says so, all that was sealed before the call, and publishes the durable mark. Any thread; does
     * nothing if all is durable. Blocks on the disk, and not the writer, unless that goes on in a new segment.
     *
     * @throws ForceFailedException if the disk refused; a note of the last durable seal was left if that was possible.
     */
    public void makeDurable() {
        synchronized (forceLock) {
            checkUsable();
            final PlacedMark target = sealed;
            if (target.equals(durable)) {
                return;
            }
            if (level.isForced()) {
                force();
                forcedMark = target.mark();
            }
            durable = target;
            store.publishMark(
                    markEncoder.encode(level, target.segment(), target.mark().seal()));
        }
    }

    private void force() {
        try {
            final long startNs = System.nanoTime();
            writer.force();
            forceTimesNs.accept(System.nanoTime() - startNs);
        } catch (final IOException e) {
            failed = true;
            throw FailedForce.noted(store, segment, forcedMark, e);
        }
    }

    /**
     * Sees to it that the journal can go on in a new segment once the one being written is longer than {@code maxLength}, and
     * closes the one that it has left. For a thread beside the writer's, one at a time; blocks on the disk and not the writer.
     * Makes nothing while the disk has no room for writes.
     *
     * @throws ForceFailedException if the disk refused.
     */
    public void tendSegments(final long maxLength) {
        nextSegment.closeRetired();
        if (nextSegment.number() != NextSegment.NONE || segmentLength <= maxLength || closed || failed) {
            return;
        }
        if (!store.space().hasRoomForWrites()) {
            return;
        }
        try {
            nextSegment.prepare();
        } catch (final IOException e) {
            failed = true;
            throw FailedForce.noted(store, durable.segment(), forcedMark, e);
        }
    }

    /**
     * The segment that waits for {@link #beginNextSegment}, or -1. Any thread. Whoever hands out sequences leaves one free for
     * each number that it sees here first, and says so to the writer.
     */
    public int preparedSegment() {
        return nextSegment.number();
    }

    /**
     * Goes on in the prepared segment: its first record, which takes the next sequence, names the last seal of the segment before,
     * and is sealed and forced at once, at every level. What the old segment holds is forced before, so that no power cut leaves
     * the new one without it. Writer's thread; the open batch must have been committed.
     *
     * @throws IllegalStateException if no segment is prepared, or the batch is not empty.
     * @throws ForceFailedException if the disk refused.
     */
    public void beginNextSegment() {
        checkUsable();
        if (leaves.count() > 0) {
            throw new IllegalStateException("a segment begins with a batch of its own; commit first");
        }
        if (nextSegment.number() == NextSegment.NONE) {
            throw new IllegalStateException("no segment is prepared");
        }
        final Seal last = chain.last();
        final byte[] notice = SegmentNotice.rolled(segment, last).encode();
        synchronized (forceLock) {
            makeDurable();
            forceUnforced();
            final SegmentWriter old = writer;
            // Before the segment is taken: who prepares looks at both, and would take the old length for the new
            // segment's.
            segmentLength = 0;
            segment = nextSegment.number();
            writer = nextSegment.take();
            nextSegment.retire(old);
        }
        appendOwn(RecordKind.SEGMENT, nextSequence(), lastTimeMs, 0, notice);
        commit(last.stateHashHigh(), last.stateHashLow());
        forceUnforced();
    }

    private void forceUnforced() {
        if (!level.isForced()) {
            force();
            forcedMark = durable.mark();
        }
    }

    /** How far the journal is durable. Any thread. */
    public DurableMark durableMark() {
        return durable.mark();
    }

    /** A reader for one other thread. */
    public JournalReader newReader() {
        return new JournalReader(store, index, this::durableMark);
    }

    /**
     * How far the disk holds the journal: at BATCH and RECORD the durable mark, at PROCESS and NONE what the last background
     * force covered. Any thread.
     */
    public DurableMark forcedMark() {
        return forcedMark;
    }

    /** The level at which this process writes. */
    public DurabilityLevel level() {
        return level;
    }

    /**
     * Forces what was committed so far, and a head note of its last seal; answers how far the disk holds the journal now. For
     * the levels that do not force at each commit; at the others only the note is left to write. Any thread; blocks on the
     * disk and not the writer. Does nothing if nothing was committed since.
     *
     * @throws ForceFailedException if the disk refused; a note of the last forced seal was left if that was possible.
     */
    public DurableMark forceInBackground() {
        synchronized (noteLock) {
            if (level.isForced() || durableMark().lastSequence() != forcedMark.lastSequence()) {
                writeHeadNote();
            }
            return forcedMark;
        }
    }

    /** Forces a note of the newest durable seal, so that its loss would be noticed. Any thread; for idle moments. */
    public void writeHeadNote() {
        synchronized (noteLock) {
            if (!closed) {
                writeHeadNote(HeadNote.Occasion.OPEN);
            }
        }
    }

    /** The mark is taken before the force, so the force covers it whatever the writer adds meanwhile. */
    private void writeHeadNote(final HeadNote.Occasion occasion) {
        if (failed) {
            return;
        }
        final PlacedMark placed = durable;
        final DurableMark mark = placed.mark();
        try {
            if (!level.isForced()) {
                final long startNs = System.nanoTime();
                // The segments before it were forced when it was begun.
                store.forceSegment(placed.segment());
                forceTimesNs.accept(System.nanoTime() - startNs);
            }
        } catch (final IOException e) {
            failed = true;
            throw FailedForce.noted(store, placed.segment(), forcedMark, e);
        }
        try {
            store.writeNote(
                    HeadNote.HEAD,
                    HeadNote.of(occasion, placed.segment(), mark.seal()).encode());
        } catch (final IOException e) {
            failed = true;
            throw new ForceFailedException("the disk refused the head note: " + e + "; the process must end", e);
        }
        if (!level.isForced() && isNewer(mark)) {
            forcedMark = mark;
        }
    }

    /** False where the writer has forced more meanwhile, to go on in another segment. */
    private boolean isNewer(final DurableMark mark) {
        return forcedMark == null || mark.lastSequence() > forcedMark.lastSequence();
    }

    /** What the disk has left. Any thread. */
    public Space space() {
        return store.space();
    }

    /** From now on the listener is told how long each force took, by the thread that forces. */
    public void onForce(final LongConsumer listener) {
        forceTimesNs = listener;
    }

    /** Writes the head note and closes. Records after the last commit are forgotten, as nobody was told of them. */
    @Override
    public void close() {
        synchronized (noteLock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            if (durableMark() != null) {
                closingNote();
            }
        } finally {
            try {
                nextSegment.close();
                writer.close();
            } finally {
                lock.close();
            }
        }
    }

    private void closingNote() {
        synchronized (noteLock) {
            writeHeadNote(HeadNote.Occasion.CLOSED);
        }
    }
}
