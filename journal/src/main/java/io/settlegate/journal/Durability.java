package io.settlegate.journal;

import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * How far an open journal is sealed, durable, and forced: forces at the levels that do so at each commit and in the background at
 * the others, publishes the mark, and leaves the head notes. Knows whether the journal may still be used.
 *
 * <p>{@link #sealed} and {@link #goOn} are the writer's; the rest may be called from any thread. One thread forces at a time and one
 * writes notes at a time; they block on the disk, and whoever comes meanwhile waits. After a failed force nothing can be
 * sealed or forced any more.
 */
final class Durability {
    private final Store store;
    private final DurabilityLevel level;
    private final PublishedMark.Encoder markEncoder = new PublishedMark.Encoder();
    private final Object noteLock = new Object();
    /** Held while the disk is forced. */
    private final Object forceLock = new Object();

    private SegmentWriter writer;
    private int segment;
    private volatile PlacedMark sealed;
    private volatile PlacedMark durable;
    private volatile DurableMark forcedMark;
    /** Why the journal is of no use any more; null while it is. */
    private volatile Throwable failure;

    private volatile boolean closed;
    private volatile LongConsumer forceTimesNs = timeNs -> {};

    /** A mark and the segment in which its seal stands. */
    private record PlacedMark(DurableMark mark, int segment) {}

    /** All up to the last seal, which is null in a journal that is being founded, is on the disk. */
    Durability(
            final Store store,
            final DurabilityLevel level,
            final SegmentWriter writer,
            final int segment,
            final Seal last) {
        this.store = store;
        this.level = level;
        this.writer = writer;
        this.segment = segment;
        this.forcedMark = last == null ? null : new DurableMark(last, last.lastSequence());
        this.durable = new PlacedMark(forcedMark, segment);
        this.sealed = durable;
    }

    /**
     * For the writer, and whoever forces.
     *
     * @throws IllegalStateException if the journal has failed, with the first failure, of whatever thread, as its cause; or if it
     *     is closed.
     */
    void checkUsable() {
        final Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the journal has failed; the process must end", cause);
        }
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
    }

    boolean isUsable() {
        return failure == null && !closed;
    }

    /** From now on the journal is of no use. */
    void fail(final Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** As {@link #fail}; answers what is to be thrown where a segment could not be made, after a note of what is on the disk. */
    ForceFailedException failed(final IOException cause) {
        fail(cause);
        return FailedForce.noted(store, durable.segment(), forcedMark, cause);
    }

    /** A seal stands in the store. */
    void sealed(final Seal seal) {
        sealed = new PlacedMark(new DurableMark(seal, seal.lastSequence()), segment);
    }

    /**
     * False while a sealed batch is not forced at a level that forces each. For the writer's thread; once true it stays so until
     * that thread seals.
     */
    boolean mayFollow() {
        if (!level.isForced()) {
            return true;
        }
        final DurableMark last = sealed.mark();
        final DurableMark done = durable.mark();
        return last == null || (done != null && done.lastSequence() == last.lastSequence());
    }

    /** See {@link Journal#makeDurable}. */
    void makeDurable() {
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

    /** Makes durable what was sealed, and forces it at every level. */
    void forceAll() {
        synchronized (forceLock) {
            makeDurable();
            if (!level.isForced()) {
                force();
                forcedMark = durable.mark();
            }
        }
    }

    private void force() {
        try {
            final long startNs = System.nanoTime();
            writer.force();
            forceTimesNs.accept(System.nanoTime() - startNs);
        } catch (final IOException e) {
            fail(e);
            throw FailedForce.noted(store, segment, forcedMark, e);
        }
    }

    /** What is sealed from now on stands in another segment. All before it has been forced. */
    void goOn(final SegmentWriter nextWriter, final int nextSegment) {
        synchronized (forceLock) {
            writer = nextWriter;
            segment = nextSegment;
        }
    }

    DurableMark durableMark() {
        return durable.mark();
    }

    DurableMark forcedMark() {
        return forcedMark;
    }

    void onForce(final LongConsumer listener) {
        forceTimesNs = listener;
    }

    /** See {@link Journal#forceInBackground}. */
    DurableMark forceInBackground() {
        synchronized (noteLock) {
            if (level.isForced() || durableMark().lastSequence() != forcedMark.lastSequence()) {
                writeHeadNote();
            }
            return forcedMark;
        }
    }

    /** See {@link Journal#writeHeadNote}. */
    void writeHeadNote() {
        synchronized (noteLock) {
            if (!closed) {
                writeHeadNote(HeadNote.Occasion.OPEN);
            }
        }
    }

    /** The mark is taken before the force, so the force covers it whatever the writer adds meanwhile. */
    private void writeHeadNote(final HeadNote.Occasion occasion) {
        if (failure != null) {
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
            fail(e);
            throw FailedForce.noted(store, placed.segment(), forcedMark, e);
        }
        try {
            store.writeNote(
                    HeadNote.HEAD,
                    HeadNote.of(occasion, placed.segment(), mark.seal()).encode());
        } catch (final IOException e) {
            fail(e);
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

    /** Nothing is sealed, forced, or noted any more, but for {@link #writeClosingNote}; false if that was so before. */
    boolean close() {
        synchronized (noteLock) {
            final boolean isFirst = !closed;
            closed = true;
            return isFirst;
        }
    }

    /** The last note, if there is anything to note. */
    void writeClosingNote() {
        synchronized (noteLock) {
            if (durableMark() != null) {
                writeHeadNote(HeadNote.Occasion.CLOSED);
            }
        }
    }
}
