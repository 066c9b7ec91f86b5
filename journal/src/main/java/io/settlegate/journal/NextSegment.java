package io.settlegate.journal;

import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.util.List;

/**
 * The segment in which a running journal will go on: made beside the line, where it may take its time, taken by the writer
 * between two batches; and the writers of segments that came to their end, which are closed beside the line too.
 *
 * <p>{@link #prepare}, {@link #closeRetired}, and {@link #close} belong to one thread at a time and block on the disk;
 * {@link #take} and {@link #retire} are the writer's and never block. A segment that was prepared and never taken holds
 * nothing, and the next start passes over it.
 */
final class NextSegment {
    /** What {@link #number} answers where none is prepared. */
    static final int NONE = -1;

    private final Store store;
    private final Object lock = new Object();
    private SegmentWriter prepared;
    private SegmentWriter retired;
    private volatile int number = NONE;

    NextSegment(final Store store) {
        this.store = store;
    }

    /** Makes the segment, if none is waiting. Its directory is forced, so that what is forced in it can be found. */
    void prepare() throws IOException {
        synchronized (lock) {
            if (prepared != null) {
                return;
            }
        }
        final List<Integer> present = store.segments();
        final int next = present.get(present.size() - 1) + 1;
        final SegmentWriter made = store.createSegment(next);
        synchronized (lock) {
            prepared = made;
            number = next;
        }
    }

    /** The segment that waits to be taken, or {@link #NONE}. Any thread. */
    int number() {
        return number;
    }

    /** The prepared segment, which there must be. */
    SegmentWriter take() {
        synchronized (lock) {
            final SegmentWriter taken = prepared;
            prepared = null;
            number = NONE;
            return taken;
        }
    }

    /** The writer has gone on in another segment; this one is to be closed. */
    void retire(final SegmentWriter writer) {
        final SegmentWriter before;
        synchronized (lock) {
            before = retired;
            retired = writer;
        }
        // Two rolls between two looks: rare enough to close it here.
        close(before);
    }

    /** Closes the segment that the writer has left, if there is one. */
    void closeRetired() {
        final SegmentWriter left;
        synchronized (lock) {
            left = retired;
            retired = null;
        }
        close(left);
    }

    private static void close(final SegmentWriter writer) {
        if (writer != null) {
            writer.close();
        }
    }

    /** Closes what is open: nothing more is taken. */
    void close() {
        final SegmentWriter waiting;
        synchronized (lock) {
            waiting = prepared;
            prepared = null;
            number = NONE;
        }
        try {
            closeRetired();
        } finally {
            close(waiting);
        }
    }
}
