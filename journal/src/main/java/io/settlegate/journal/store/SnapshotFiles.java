package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * Where the snapshots of a journal lie: one file each, named by the last sequence that it covers.
 *
 * <p>Writing and deleting belong to whoever holds the lock, which is not the writer's: a snapshot is made beside a running
 * writer. Reading is open to all. Methods block on the disk. They throw {@link StoreException}, and {@link IOException} where
 * a write or a force failed.
 */
public interface SnapshotFiles {
    /**
     * Takes the right to write and delete snapshots.
     *
     * @throws StoreLockedException if somebody else has it.
     */
    StoreLock lock();

    /** Last sequences of the published snapshots, ascending. */
    List<Long> sequences();

    /** Begins a snapshot. Nobody sees it before it is published; a published one of the same sequence is replaced then. */
    SnapshotTarget create(long sequence) throws IOException;

    /**
     * Opens a published snapshot for reading. The caller closes it.
     *
     * @throws StoreException if there is none, or the disk refuses.
     */
    SeekableByteChannel open(long sequence);

    /** Removes a published snapshot, durably; does nothing if there is none. */
    void delete(long sequence) throws IOException;

    /** Removes what was begun and never published, and answers how many there were. */
    int removeAbandoned() throws IOException;

    /** Where a snapshot lies, for messages. */
    String describe(long sequence);
}
