package io.settlegate.gateway.records;

import io.settlegate.journal.JournalException;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordArchivedException;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Adds to an index what stands in a journal and is not in it yet: first what is missing between its runs, then on from the newest.
 *
 * <p>One thread; blocks on the disk. Records that were archived and removed before they were indexed stay missing.
 */
public final class JournalIndexing implements AutoCloseable {
    private final Store store;
    private final RecordIndex index;
    private JournalFollower follower;
    /** Where the follower stands; -1 where that is to be looked up. */
    private long next = -1;

    private long end;
    private long addedCount;

    private JournalIndexing(final Store store, final JournalFollower follower, final RecordIndex index) {
        this.store = store;
        this.follower = follower;
        this.index = index;
    }

    /** Opens the journal, and the index over it. */
    public static JournalIndexing open(final Store store, final Path directory, final RecordIndex.Access access)
            throws IOException {
        final JournalFollower follower = JournalFollower.open(store);
        try {
            final RecordIndex index = RecordIndex.open(
                    directory,
                    follower.genesis(),
                    (sequence, sealHash) -> isThere(follower, sequence, sealHash),
                    access);
            return new JournalIndexing(store, follower, index);
        } catch (final IOException | RuntimeException e) {
            follower.close();
            throw e;
        }
    }

    /** Whether a journal has a seal; true also where that part of it is archived. */
    static boolean isThere(final JournalFollower follower, final long sequence, final byte[] sealHash) {
        try {
            follower.seek(sequence);
            return follower.nextBatch()
                    && follower.seal().lastSequence() == sequence
                    && Arrays.equals(follower.seal().hash(), sealHash);
        } catch (final RecordArchivedException e) {
            return true;
        } catch (final JournalException e) {
            // Whoever reads on there meets it too, and says what it is.
            return false;
        }
    }

    public RecordIndex index() {
        return index;
    }

    /** Records that were looked at. */
    public long addedCount() {
        return addedCount;
    }

    /** Every record up to here is covered, or was archived before it could be; -1 for none. */
    public long coveredThrough() {
        return index.nextUncovered(follower.firstSequence()) - 1;
    }

    /**
     * Adds the next batch that may be shown and is not covered.
     *
     * @return false if there is none now.
     */
    public boolean addBatch() throws IOException {
        if (next < 0 || next > end) {
            begin();
        }
        if (!follower.nextBatch()) {
            return false;
        }
        final long last = follower.seal().lastSequence();
        index.add(follower::get, follower.count(), next, last, follower.seal().hash());
        addedCount += last + 1 - next;
        next = last + 1;
        if (next > end || index.isTailFull()) {
            index.flush();
        }
        return true;
    }

    private void begin() throws IOException {
        index.flush();
        next = index.nextUncovered(follower.firstSequence());
        final long behind = index.nextRun(next);
        end = behind - 1;
        index.begin(next);
        follower.seek(next);
    }

    /**
     * Adds all that may be shown now, and merges what can be merged.
     *
     * @param progress is told after each batch how many records were looked at.
     */
    public void addAll(final LongConsumer progress) throws IOException {
        while (addBatch()) {
            progress.accept(addedCount);
            while (index.isMergeBehind() && index.merge(() -> false)) {
                // Until there are few.
            }
        }
        index.flush();
        while (index.merge(() -> false)) {
            // As long as there is something to merge.
        }
    }

    /** Something was set aside: look again for what is missing. */
    void lookAgain() {
        next = -1;
    }

    /** The journal begins elsewhere now. */
    void reopen() {
        follower.close();
        follower = JournalFollower.open(store);
        lookAgain();
    }

    /** Closes the journal's files, and not the index. */
    @Override
    public void close() {
        follower.close();
    }
}
